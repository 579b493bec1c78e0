// Slack's `<!date^…>` patterns, in the reader's own words and time zone.

const STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `{date_short} at {time}` for a moment in seconds; null when the moment is none. `clock` is the workspace's now. */
export function dateWords(seconds, pattern, clock) {
  if (!Number.isFinite(seconds) || !/\{\w+\}/.test(pattern)) return null;
  const moment = new Date(seconds * 1000);
  const now = clock ? new Date(clock) : new Date();
  return pattern.replace(/\{(\w+)\}/g, (all, name) => {
    if (name === "ago") return ago(seconds - now.getTime() / 1000);
    const near = name.endsWith("_pretty") ? nearDay(moment, now) : null;
    const style = STYLES[name] ?? STYLES[name.replace("_pretty", "")];
    return near ?? (style ? new Intl.DateTimeFormat(undefined, style).format(moment) : all);
  });
}

function nearDay(moment, now) {
  const apart = Math.round((atMidnight(moment) - atMidnight(now)) / (DAY * 1000));
  return apart >= -1 && apart <= 1 ? new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(apart, "day") : null;
}

const atMidnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();

function ago(seconds) {
  const [unit, length] = Math.abs(seconds) < HOUR ? ["minute", MINUTE] : Math.abs(seconds) < DAY ? ["hour", HOUR] : ["day", DAY];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / length), unit);
}
