// The search key of a text, as src/base/text makes it: NFD, marks stripped, đ to d, lower case, single spaces.
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whether every word typed occurs in the text, in any order, marks ignored. */
export function matches(text: string, typed: string): boolean {
  const key = fold(text)
  return fold(typed)
    .split(' ')
    .every((word) => key.includes(word))
}
