"""WiSe: complaint and whistleblowing software for public institutions."""
