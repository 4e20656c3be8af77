/*
 * Says what waits to be read: by a short sound, in one tab of all, and in the
 * page's title while nobody sees the page. The site's owner decides about both,
 * and the visitor can turn off the sound.
 */

/* So long another tab may take to say that it was read there; in milliseconds. */
const READ_ELSEWHERE = 300;
/* Two tones, one after the other: when, in seconds, and how high, in hertz. */
const TONES = [
  [0, 659],
  [0.13, 880],
];

const play = () => {
  const audio = new AudioContext();
  const end = new GainNode(audio, { gain: 0.12 });
  end.connect(audio.destination);
  let last;
  for (const [after, frequency] of TONES) {
    const at = audio.currentTime + after;
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(1, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    last = new OscillatorNode(audio, { frequency });
    last.connect(volume).connect(end);
    last.start(at);
    last.stop(at + 0.5);
  }
  last.onended = () => audio.close();
};

export const notice = (link) => {
  let unread = 0;
  let timer;
  const allows = (what) => (link.config.notices || {})[what] !== false;

  const ring = () => {
    // Where nobody has clicked yet, the browser plays nothing and complains.
    const { userActivation, locks } = navigator;
    if (!unread || (userActivation && !userActivation.hasBeenActive)) return;
    if (!allows("sound") || link.memory.recall("muted")) return;
    if (!locks) return play();
    // Whoever comes first, for as long as others may have the same to tell.
    locks.request("saluda.sound", { ifAvailable: true }, (lock) => {
      if (!lock) return;
      play();
      return new Promise((done) => setTimeout(done, 1000));
    });
  };

  /* What stands in the title's place. */
  let ours;
  const entitle = () => {
    const mine = document.title == ours;
    if (unread && document.hidden && allows("title")) {
      // The page may have changed it meanwhile.
      if (!mine) link.title = document.title;
      ours = document.title = `(${unread.toLocaleString(link.locale)}) ${link.title}`;
    } else {
      if (mine) document.title = link.title;
      ours = link.title = undefined;
    }
  };

  const hear = ({ detail }) => {
    const more = detail.count > unread;
    unread = detail.count;
    entitle();
    if (!more) return;
    clearTimeout(timer);
    timer = setTimeout(ring, READ_ELSEWHERE);
  };
  window.addEventListener("saluda:unread", hear);
  document.addEventListener("visibilitychange", entitle);
  return () => {
    clearTimeout(timer);
    unread = 0;
    entitle();
    window.removeEventListener("saluda:unread", hear);
    document.removeEventListener("visibilitychange", entitle);
  };
};
