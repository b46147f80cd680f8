/** Text for services that limit it. Pure. */

/** At most `most` UTF-16 units, an ellipsis for what is cut, no half of a pair. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  const cut = text.slice(0, Math.max(0, most - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`.toWellFormed();
}
