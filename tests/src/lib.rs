//! Journeys across parts: real server, real browser. See `README.md`.
