// How numbers and times are written.

import {h} from './dom.js';

const WHOLE = new Intl.NumberFormat('en');
const CLOCK = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const DAY = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const YEAR = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});

export const count = (value) => (value === undefined || value === null ? '–' : WHOLE.format(value));

/** "1 agent", "2 agents". */
export const many = (value, one, more = `${one}s`) => `${count(value)} ${value === 1 ? one : more}`;

export function rate(value) {
  if (value === null || value === undefined) return '–';
  if (value === 0) return '0';
  if (value < 10) return value.toFixed(value < 1 ? 2 : 1);
  return count(Math.round(value));
}

export function millis(value) {
  if (value === null || value === undefined) return '–';
  if (value < 10) return `${Number(value.toFixed(1))} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  return value < 60_000 ? `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s` : duration(value / 1000);
}

export function bytes(value) {
  if (value === null || value === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let size = value;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** Seconds as "3 d 4 h", "2 h 5 min", "12 s". */
export function duration(seconds) {
  const parts = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  let rest = Math.max(0, Math.floor(seconds));
  const first = parts.findIndex(([size]) => rest >= size);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .map(([size, unit]) => {
      const amount = Math.floor(rest / size);
      rest -= amount * size;
      return amount > 0 ? `${amount} ${unit}` : '';
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** A moment in the browser's zone: the time alone if it is today, else with its day. */
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return String(iso);
  const today = new Date();
  if (date.toDateString() === today.toDateString()) return CLOCK.format(date);
  return date.getFullYear() === today.getFullYear()
    ? `${DAY.format(date)}, ${CLOCK.format(date)}`
    : `${YEAR.format(date)}, ${CLOCK.format(date)}`;
}

/** A day in the browser's zone. */
export const day = (iso) => YEAR.format(new Date(iso));

/** An element with a moment in the browser's zone; its title is the exact time in UTC. */
export function time(iso, write = moment) {
  return iso ? h('time', {datetime: iso, title: utc(iso)}, write(iso)) : h('span.quiet', {}, '–');
}

export const utc = (iso) => `${String(iso).replace('T', ' ').replace('Z', '')} UTC`;
