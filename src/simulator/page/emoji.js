// Emoji by Slack's short names: those a workspace meets every day. Any other name is shown as it is written.

const TABLE = `white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|no_entry ⛔|no_entry_sign 🚫
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|raised_hands 🙌|pray 🙏|wave 👋|ok_hand 👌|raised_hand ✋|point_right 👉|point_up ☝️|muscle 💪|handshake 🤝
eyes 👀|tada 🎉|sparkles ✨|star ⭐|fire 🔥|rocket 🚀|heart ❤️|100 💯|zap ⚡|bulb 💡|bell 🔔|key 🔑|lock 🔒|unlock 🔓|link 🔗|mag 🔍|pushpin 📌|round_pushpin 📍
smile 😄|smiley 😃|grinning 😀|blush 😊|slightly_smiling_face 🙂|wink 😉|joy 😂|thinking_face 🤔|neutral_face 😐|confused 😕|disappointed 😞|cry 😢|sweat_smile 😅|sunglasses 😎
warning ⚠️|rotating_light 🚨|exclamation ❗|question ❓|grey_question ❔|information_source ℹ️|speech_balloon 💬|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄
calendar 📅|date 📅|spiral_calendar_pad 🗓️|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰|clock1 🕐|clock9 🕘|package 📦|inbox_tray 📥|outbox_tray 📤|file_folder 📁
chart_with_upwards_trend 📈|bar_chart 📊|hammer_and_wrench 🛠️|wrench 🔧|gear ⚙️|robot_face 🤖|construction 🚧|bug 🐛|computer 💻|satellite_antenna 📡|electric_plug 🔌|floppy_disk 💾
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁|leftwards_arrow_with_hook ↩️|heavy_plus_sign ➕|heavy_minus_sign ➖
large_blue_circle 🔵|red_circle 🔴|large_green_circle 🟢|large_yellow_circle 🟡|white_circle ⚪|black_circle ⚫|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣
seedling 🌱|deciduous_tree 🌳|sunny ☀️|coffee ☕|cake 🍰|balloon 🎈|trophy 🏆|dart 🎯|compass 🧭|house 🏠|bust_in_silhouette 👤|busts_in_silhouette 👥|briefcase 💼|office 🏢`;

const known = new Map(TABLE.split(/[|\n]/).map((pair) => pair.trim().split(" ")));
const TONES = ["🏻", "🏼", "🏽", "🏾", "🏿"];
const TONED = new Set([
  "+1",
  "thumbsup",
  "-1",
  "thumbsdown",
  "clap",
  "raised_hands",
  "pray",
  "wave",
  "ok_hand",
  "raised_hand",
  "point_right",
  "point_up",
  "muscle",
  "handshake",
]);

/** The character for `+1` or `+1::skin-tone-3`; `:name:` when it is not known here. */
export function emojiOf(name) {
  const [, base, , tone] = /^(.*?)(::skin-tone-([2-6]))?$/.exec(name) ?? [];
  const sign = known.get(base);
  if (!sign) return `:${name}:`;
  return tone && TONED.has(base) ? sign.replace("\uFE0F", "") + TONES[Number(tone) - 2] : sign;
}

export const isKnown = (name) => known.has(name.split("::")[0]);
export const takesTone = (name) => TONED.has(name);

/** The name with a skin tone of 2 to 6; 1 is the plain one. */
export const withTone = (name, tone) => (tone > 1 && takesTone(name) ? `${name}::skin-tone-${tone}` : name);

/** What the small picker offers. */
export const OFFERED = ["white_check_mark", "+1", "eyes", "tada", "raised_hands", "pray", "heart", "thinking_face", "x", "-1"];
