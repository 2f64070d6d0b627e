const folded: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ё: 'е' }

// "№ 23", "No. 23", "#23": the number alone is looked for.
const numberSign = /№|#|\bno?\b\.?(?=\s*\d)/g
const wordsAndNumbers = /\p{L}+|\p{N}+/gu

/** The words and numbers of a text as they are looked for: Kazakh letters as the Russian ones that people type for them, no number signs, no punctuation. */
export function fold(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[әғқңөұүһіё]/g, (letter) => folded[letter] ?? letter)
    .replace(numberSign, ' ')
  return plain.match(wordsAndNumbers) ?? []
}

/** Whether each word that is looked for begins a word of the text. */
export function found(text: string, sought: string): boolean {
  const words = fold(text)
  return fold(sought).every((part) => words.some((word) => word.startsWith(part)))
}
