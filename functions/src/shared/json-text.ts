/*
 * What can be told of a JSON text without reading it. Each function takes a text that JSON.parse has taken, and its time is linear.
 */

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * The members of all objects together, or more: a colon is a member's if it stands behind a quote, and one in a string can do so too
 * (`":"`). Some six times as fast as counting exactly, because V8 looks for one character eight and more at a time.
 */
export function membersAtMost(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    let before = at - 1;
    while (isSpace(text.charCodeAt(before))) before -= 1;
    if (text.charCodeAt(before) === QUOTE) colons += 1;
  }
  return colons;
}

/** The members of all objects together, those that are given twice too: a colon outside of a string is a member's. */
export function membersWritten(text: string): number {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) colons += 1;
  }
  return colons;
}

/** Whether a member's name is written with an escape: a backslash is in a string, which is a name if a colon follows it. */
export function hasEscapedName(text: string): boolean {
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at)) {
    at = endOfString(text, at) + 1;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) === COLON) return true;
  }
  return false;
}

// The index of the quote that ends the string whose first quote, or first backslash, is at `start`.
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

// RFC 8259, section 2. Of these a string can hold the blank only.
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
