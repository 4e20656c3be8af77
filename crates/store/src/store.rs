//! The traits that every database implements.

use async_trait::async_trait;
use saluda_protocol::agent::{Page, Role};
use saluda_protocol::audit::AuditEntry;
use saluda_protocol::inbox::{Counts, Summary, Tab};
use saluda_protocol::report::Report;
use saluda_protocol::studio::{HistoryEntry, People, TriggerResult, TriggerVersion};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentId, Author, Contact, ConversationId, Event, FileId, Mark, Millis, Number, Rating,
    SecretId, Side, SiteId, SiteKey, Status, TokenId, TriggerId, TriggerSpec, VisitorId,
};

use crate::{
    Agent, Allowance, Attribute, AuditNote, By, Change, Conversation, Edit, EditAll, Erased,
    Expected, FilledIn, Identification, Identified, KeptFile, LiveTrigger, Period, Person, Post,
    Rank, Recorded, Saved, Secret, SeenOrigin, Sent, Session, Site, StoreError, Token, TooMuch,
    Trigger, Unchanged, Unposted, Unrated, Used, Visitor,
};

/// Everything that is kept.
///
/// Methods that write return after what they wrote is on disk.
#[async_trait]
pub trait Store:
    Audit + Directory + Identities + Conversations + Files + Persons + Triggers
{
    /// The name of this database, which the numbers in it belong to.
    async fn epoch(&self) -> Result<String, StoreError>;
}

/// Who did what. What is noted beside another change is written in its transaction,
/// if it was done.
#[async_trait]
pub trait Audit: Send + Sync + 'static {
    /// Notes something that changes nothing here.
    async fn add_note(&self, note: AuditNote) -> Result<(), StoreError>;

    /// At most `limit` entries of a site, or of everything, the latest first, before
    /// `before`.
    async fn audit_log(
        &self,
        site: Option<SiteId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;
}

/// Who there is besides visitors: sites, agents, and who is signed in.
#[async_trait]
pub trait Directory: Send + Sync + 'static {
    /// Adds a site. Returns whether its id and key were free.
    async fn add_site(&self, site: Site, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// Replaces what the owner chose: name, origins, settings. Returns the
    /// revision that the site has from then on.
    async fn save_site(
        &self,
        site: Site,
        expected: Expected,
        note: Option<AuditNote>,
    ) -> Result<Result<u64, Unchanged>, StoreError>;

    /// The same, whoever changed it last. Returns whether there is such a site.
    async fn update_site(&self, site: Site) -> Result<bool, StoreError> {
        Ok(self.save_site(site, Expected::Any, None).await?.is_ok())
    }

    /// The site with this id.
    async fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError>;

    /// The site with this key.
    async fn site_by_key(&self, key: &SiteKey) -> Result<Option<Site>, StoreError>;

    /// At most `limit` sites in the order of their keys, after `after`.
    async fn sites(&self, after: Option<&SiteKey>, limit: u32) -> Result<Vec<Site>, StoreError>;

    /// Notes that one of a site's origins carried the widget in an hour. An
    /// earlier hour changes nothing.
    async fn see_origin(&self, site: SiteId, origin: &str, hour: Millis) -> Result<(), StoreError>;

    /// Which of a site's origins carried the widget, in their order. What is no
    /// origin of the site any more was forgotten.
    async fn origins_seen(&self, site: SiteId) -> Result<Vec<SeenOrigin>, StoreError>;

    /// What signs what the server says to someone of a site and wants to know
    /// again: links that open the explain panel, codes in mails. None if none was
    /// ever made.
    async fn signing_key(&self, site: SiteId) -> Result<Option<String>, StoreError>;

    /// Makes `fresh` that key unless there is one already. Returns the one there
    /// is; `fresh` too when there is no such site, for which it is good for
    /// nothing.
    async fn make_signing_key(&self, site: SiteId, fresh: String) -> Result<String, StoreError>;

    /// Adds an agent. Returns whether the id and the address were free.
    async fn add_agent(&self, agent: Agent, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// The agent who signs in with this address, in lower case.
    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>, StoreError>;

    /// At most `limit` agents in the order of their addresses, after `after`.
    async fn agents(&self, after: Option<&str>, limit: u32) -> Result<Vec<Agent>, StoreError>;

    /// Lets an agent work on a site, or changes what they may do there.
    async fn set_role(
        &self,
        site: SiteId,
        agent: AgentId,
        role: Role,
        note: Option<AuditNote>,
    ) -> Result<(), StoreError>;

    /// The site and what an agent may do there, if anything.
    async fn membership(
        &self,
        agent: AgentId,
        site: SiteId,
    ) -> Result<Option<(Site, Role)>, StoreError>;

    /// Where an agent may work: at most `limit` sites in the order of their
    /// keys, after `after`.
    async fn memberships(
        &self,
        agent: AgentId,
        after: Option<&SiteKey>,
        limit: u32,
    ) -> Result<Vec<(Site, Role)>, StoreError>;

    /// Begins a session, and forgets those that expired before it began.
    async fn add_session(&self, session: Session) -> Result<(), StoreError>;

    /// Whose session this is, if it has not expired.
    async fn session(&self, token_hash: &str, now: Millis) -> Result<Option<Agent>, StoreError>;

    /// Ends a session. One that does not exist is ended.
    async fn end_session(&self, token_hash: &str) -> Result<(), StoreError>;

    /// Adds a token. Returns whether its agent had fewer than they may have.
    async fn add_token(&self, token: Token, note: Option<AuditNote>) -> Result<bool, StoreError>;

    /// The token with this id, expired or not, and whose it is.
    async fn token(&self, id: TokenId) -> Result<Option<(Token, Agent)>, StoreError>;

    /// All tokens of an agent, the latest first.
    async fn tokens(&self, agent: AgentId) -> Result<Vec<Token>, StoreError>;

    /// Notes when a token was used.
    async fn use_token(&self, id: TokenId, at: Millis) -> Result<(), StoreError>;

    /// Revokes a token of this agent. Returns whether they had it.
    async fn revoke_token(
        &self,
        agent: AgentId,
        id: TokenId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError>;
}

/// Who visitors are by the word of the site's owner.
#[async_trait]
pub trait Identities: Send + Sync + 'static {
    /// Adds a secret. Returns whether its site had fewer than it may have.
    async fn add_secret(&self, secret: Secret, note: Option<AuditNote>)
    -> Result<bool, StoreError>;

    /// All secrets of a site, the latest first.
    async fn secrets(&self, site: SiteId) -> Result<Vec<Secret>, StoreError>;

    /// Revokes a secret of this site. Returns whether it had it.
    async fn revoke_secret(
        &self,
        site: SiteId,
        id: SecretId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError>;

    /// Takes a visitor for the one whom the owner's server knows, once for each
    /// token.
    ///
    /// If nobody is known by that name yet, it is this visitor from now on. If
    /// someone is, and this visitor is nobody, what they said moves to the known
    /// one: the conversation if that is the only one, else its events, to the end
    /// of the other. Whoever is known by another name keeps what is theirs. The
    /// secret by which a page knew a visitor who was nobody is void.
    async fn identify(&self, claim: Identification)
    -> Result<Result<Identified, Used>, StoreError>;

    /// SHA-256 of the secrets that other browsers of a known visitor have.
    async fn secrets_of(&self, visitor: VisitorId) -> Result<Vec<String>, StoreError>;
}

/// Visitors, and what they and agents say to each other. A visitor who turned out
/// to be another, and a conversation that became a part of another, stand for
/// that other from then on.
#[async_trait]
pub trait Conversations: Send + Sync + 'static {
    /// Adds a visitor.
    async fn add_visitor(&self, visitor: Visitor) -> Result<(), StoreError>;

    /// The visitor with this id.
    async fn visitor(&self, id: VisitorId) -> Result<Option<Visitor>, StoreError>;

    /// Notes that a visitor is here.
    async fn see_visitor(&self, id: VisitorId, place: Place, at: Millis) -> Result<(), StoreError>;

    /// Where at most `limit` visitors of a site were, those who were seen last
    /// first.
    async fn places(&self, site: SiteId, limit: u32) -> Result<Vec<Place>, StoreError>;

    /// Keeps what a visitor told about themselves; a field left out stays as it
    /// was. Writes it into their conversation if they have one, with what a
    /// greeting says once it is told, and then returns the change.
    async fn set_contact(
        &self,
        visitor: VisitorId,
        contact: Contact,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// Keeps what a visitor filled in: as their attributes, and as their contact.
    /// Writes what is new of it into their conversation if they have one, and
    /// then returns the change; one that begins later begins with it.
    async fn fill_in(
        &self,
        visitor: VisitorId,
        filled: FilledIn,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// What a visitor filled in so far, in the order in which they did.
    async fn attributes(&self, visitor: VisitorId) -> Result<Vec<Attribute>, StoreError>;

    /// Keeps how a visitor found their conversation when it was closed, and
    /// writes it down there. The same again changes nothing.
    async fn rate(
        &self,
        visitor: VisitorId,
        rating: Rating,
        at: Millis,
    ) -> Result<Result<Option<Change>, Unrated>, StoreError>;

    /// Writes a message down, once: repeating it returns the first number.
    ///
    /// A visitor's message opens a closed conversation again (S4.21). What
    /// follows it by itself (the answer to a quick reply, what a greeting says
    /// later) is written down with it. One quick reply of a message can be
    /// tapped, once.
    async fn post(&self, post: Post) -> Result<Result<Recorded, Unposted>, StoreError>;

    /// Opens or closes a conversation. Returns nothing when it was so already,
    /// or does not exist.
    async fn set_status(
        &self,
        conversation: ConversationId,
        status: Status,
        by: Author,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// Notes how far a side has come. A mark never goes back, nor beyond the
    /// last event; what was read was delivered. Returns nothing when it changes
    /// nothing.
    async fn mark(
        &self,
        conversation: ConversationId,
        side: Side,
        mark: Mark,
    ) -> Result<Option<Change>, StoreError>;

    /// The conversation with this id.
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// The conversation of a visitor.
    async fn conversation_of(&self, visitor: VisitorId)
    -> Result<Option<Conversation>, StoreError>;

    /// At most `limit` events that follow `after`, in order.
    async fn events_after(
        &self,
        conversation: ConversationId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;

    /// At most `limit` events right before `before`, in order.
    async fn events_before(
        &self,
        conversation: ConversationId,
        before: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;

    /// At most `limit` conversations of a tab, newest first, after `after`.
    async fn inbox(
        &self,
        site: SiteId,
        tab: Tab,
        after: Option<Page>,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError>;

    /// At most `limit` conversations that changed after a number, in the order
    /// of their last change.
    async fn inbox_after(
        &self,
        site: SiteId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError>;

    /// The last change of a site's inbox, and how many conversations it holds.
    async fn inbox_state(&self, site: SiteId) -> Result<(Number, Counts), StoreError>;
}

/// People's rights.
#[async_trait]
pub trait Persons: Send + Sync + 'static {
    /// The visitors of a site whom a word may mean: an id, what the owner's server
    /// calls them, or an e-mail address that they or the owner named. Anyone can
    /// name any address.
    async fn people(&self, site: SiteId, who: &str) -> Result<Vec<Visitor>, StoreError>;

    /// Everything that is kept of a visitor.
    async fn person(&self, id: VisitorId) -> Result<Option<Person>, StoreError>;

    /// Erases a visitor: what they are and were, said, sent and filled in, and what
    /// was said to them, so that it is in no file of the database any more. Their
    /// conversation stays as one of which nothing is left but its numbers. What they
    /// were counted in stays counted.
    async fn erase(
        &self,
        id: VisitorId,
        at: Millis,
        note: Option<AuditNote>,
    ) -> Result<Option<Erased>, StoreError>;

    /// Empties the log of the database, in which what was erased may still stand
    /// while someone reads on in an older state. Returns whether that could be done
    /// at this moment.
    async fn clear_log(&self) -> Result<bool, StoreError>;

    /// At most `limit` visitors of a site who were last here before an instant, and
    /// in whose conversation nobody wrote since.
    async fn silent_since(
        &self,
        site: SiteId,
        before: Millis,
        limit: u32,
    ) -> Result<Vec<VisitorId>, StoreError>;
}

/// Files that were sent: who may post them, and how many there are. What is in
/// them is kept elsewhere.
#[async_trait]
pub trait Files: Send + Sync + 'static {
    /// How much a visitor has sent since an instant, posted or not.
    async fn sent_since(&self, visitor: VisitorId, since: Millis) -> Result<Sent, StoreError>;

    /// Notes that a file was sent, unless its sender is beyond their allowance.
    async fn add_file(
        &self,
        kept: KeptFile,
        allowance: Option<Allowance>,
    ) -> Result<Result<(), TooMuch>, StoreError>;

    /// The file with this id, unless it is about to be removed.
    async fn file(&self, id: FileId) -> Result<Option<KeptFile>, StoreError>;

    /// Condemns at most `limit` files that were sent before an instant and became
    /// no message, the oldest first: they cannot be posted any more. Returns them,
    /// with those that were condemned earlier and not forgotten.
    async fn condemn_orphans(&self, before: Millis, limit: u32) -> Result<Vec<FileId>, StoreError>;

    /// Forgets a file that was condemned, once what was in it is gone.
    async fn forget_file(&self, id: FileId) -> Result<(), StoreError>;
}

/// Triggers, and what they achieve.
///
/// Whoever changes one says how they saw it last ([`Edit::expected`]). A change
/// that changes nothing leaves the revision as it is.
#[async_trait]
pub trait Triggers: Send + Sync + 'static {
    /// Keeps a draft. What is live stays as it is.
    async fn save_trigger(
        &self,
        edit: Edit,
        spec: TriggerSpec,
    ) -> Result<Result<Saved, Unchanged>, StoreError>;

    /// Makes the draft the next version and takes it live. A draft that is the
    /// same as the last version is that version.
    async fn publish_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Pauses what is live. What is paused already stays so.
    async fn pause_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Takes what was paused live again. What is live already stays so.
    async fn resume_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Stops what is live because of what it lacks.
    async fn fail_trigger(
        &self,
        edit: Edit,
        reason: String,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Makes what was published as this version the draft. What is live is
    /// published so too, as the next version, in the same transaction; nothing
    /// else goes live.
    async fn roll_back_trigger(
        &self,
        edit: Edit,
        version: u32,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Keeps a draft that was made of another trigger, if there is none of that
    /// name yet.
    async fn clone_trigger(
        &self,
        edit: Edit,
        from: TriggerId,
        spec: TriggerSpec,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Gives triggers their priorities, all of them or none. A draft gets its
    /// priority; what was published gets it in a next version that differs in
    /// nothing else, and stays live if it is. Returns the triggers in the order
    /// of the ranks.
    async fn order_triggers(
        &self,
        edit: EditAll,
        ranks: Vec<Rank>,
    ) -> Result<Result<Vec<Trigger>, Unchanged>, StoreError>;

    /// Keeps the drafts that a site begins with: if it has no trigger, and once.
    /// Returns those that were kept now.
    async fn add_starters(
        &self,
        edit: EditAll,
        drafts: Vec<(TriggerId, TriggerSpec)>,
    ) -> Result<Vec<Trigger>, StoreError>;

    /// At most `limit` changes of the site's triggers, or of one of them, the
    /// latest first, before `before`. Those of a trigger that was deleted stay.
    async fn trigger_history(
        &self,
        site: SiteId,
        id: Option<&TriggerId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>, StoreError>;

    /// Deletes a trigger with its versions and all that was counted. Its history
    /// stays.
    async fn delete_trigger(&self, edit: Edit) -> Result<Result<(), Unchanged>, StoreError>;

    /// The trigger of this name.
    async fn trigger(&self, site: SiteId, id: &TriggerId) -> Result<Option<Trigger>, StoreError>;

    /// At most `limit` triggers in the order of their names, after `after`, and
    /// how many people each of them reached.
    async fn triggers(
        &self,
        site: SiteId,
        after: Option<&TriggerId>,
        limit: u32,
    ) -> Result<Vec<(Trigger, People)>, StoreError>;

    /// All live triggers, by priority; of equals, the oldest first.
    async fn live_triggers(&self, site: SiteId) -> Result<Vec<LiveTrigger>, StoreError>;

    /// One publication of a trigger.
    async fn trigger_version(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
    ) -> Result<Option<TriggerVersion>, StoreError>;

    /// At most `limit` publications of a trigger, the latest first, before
    /// `before`.
    async fn trigger_versions(
        &self,
        site: SiteId,
        id: &TriggerId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<TriggerVersion>, StoreError>;

    /// Counts what a page reported, each event once. Those of unknown triggers,
    /// versions or variants are not counted. Returns how many were.
    async fn count(&self, site: SiteId, report: Report) -> Result<u64, StoreError>;

    /// At most `limit` pages on which something came of a greeting, each once, in
    /// the order of their paths.
    async fn pages(&self, site: SiteId, limit: u32) -> Result<Vec<String>, StoreError>;

    /// How many people a trigger reached: over all, and with each version and
    /// variant, the latest version first.
    async fn trigger_results(
        &self,
        site: SiteId,
        id: &TriggerId,
    ) -> Result<(People, Vec<TriggerResult>), StoreError>;

    /// The same within a period.
    async fn trigger_results_within(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
    ) -> Result<(People, Vec<TriggerResult>), StoreError>;

    /// How many people a trigger reached on each of so many days of 24 hours that
    /// follow each other from an instant on: by day, counted from 0, those
    /// without anyone left out.
    async fn people_by_day(
        &self,
        site: SiteId,
        id: &TriggerId,
        from: Millis,
        days: u32,
    ) -> Result<Vec<(u32, People)>, StoreError>;

    /// How many people a trigger reached on each page or device within a period:
    /// at most `limit` of them, those with the most people first.
    async fn people_by(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
        by: By,
        limit: u32,
    ) -> Result<Vec<(String, People)>, StoreError>;

    /// How many of the people who were held back from a version within a period
    /// reached its goal all the same, by the variant that they did not see.
    async fn goals_of_held(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
        period: Period,
    ) -> Result<Vec<(Option<String>, u64)>, StoreError>;
}
