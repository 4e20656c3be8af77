//! Journeys in a real browser against the real server. See `../README.md`.

mod accessible;
mod apart;
mod browser;
mod demo;
mod desk;
mod durability;
mod email;
mod explain;
mod files;
mod first_trigger;
mod forms;
mod greetings;
mod identity;
mod manners;
mod memory;
mod page;
mod pages;
mod privacy;
mod scenarios;
mod stage;
mod studio;
mod talk;
mod trying;
mod verbs;
mod watchers;
