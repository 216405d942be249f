/**
 * Text that nobody would type, and that somebody will paste: each gets a sentence or a take, what cannot be read is
 * listed, and the box keeps every letter.
 */
import { expect, test, type Page } from '@playwright/test'
import { button, errorNote, openReadyPage, say, shownPhones, speakAndWait, textBox } from './parts'

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await openReadyPage(browser)
})
test.afterAll(() => page.close())

/**
 * By code units: on its way from the test to the browser a lone surrogate would become U+FFFD, as nothing does that a
 * person pastes.
 */
async function paste(text: string): Promise<void> {
  await textBox(page).focus()
  await textBox(page).selectText()
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  await page.evaluate(
    (codes) => document.execCommand('insertText', false, String.fromCharCode(...codes)),
    units,
  )
}
const pasted = async (): Promise<string> => {
  const units = await textBox(page).evaluate((box) => {
    const { value } = box as HTMLTextAreaElement
    return Array.from({ length: value.length }, (_, i) => value.charCodeAt(i))
  })
  return String.fromCharCode(...units)
}

for (const text of ['', '   \n\t ']) {
  test(`empty text ${JSON.stringify(text)} asks for a sentence`, async () => {
    await textBox(page).fill(text)
    await button(page, 'Speak').click()
    await expect(errorNote(page)).toContainText(/type a sentence/i)
    await expect(textBox(page)).toHaveValue(text)
    await expect(button(page, 'Speak')).toBeEnabled()
  })
}

const unreadable: readonly (readonly [what: string, text: string])[] = [
  ['emoji alone', '🦊🎉👩‍👩‍👧‍👦'],
  ['Arabic alone', 'مرحبا بالعالم'],
  ['a lone surrogate alone', '\ud83d'],
]
for (const [what, text] of unreadable) {
  test(`${what}: a sentence says that nothing can be read aloud`, async () => {
    await paste(text)
    await button(page, 'Speak').click()
    await expect(errorNote(page)).toContainText('Nothing here can be read aloud')
    expect(await pasted()).toBe(text)
  })
}

const mixed: readonly (readonly [what: string, text: string, skipped: RegExp])[] = [
  ['emoji', 'A fox 🦊 jumps.', /🦊/u],
  ['right-to-left text', 'He said שלום to me.', /ש/],
  ['a lone surrogate', 'One \ud83d two.', /\uFFFD/],
]
for (const [what, text, skipped] of mixed) {
  test(`${what} between words: the words are spoken, the rest is listed`, async () => {
    await paste(text)
    await speakAndWait(page)
    await expect(page.getByTestId('skipped')).toHaveText(skipped)
    await expect(errorNote(page)).toHaveCount(0)
    expect((await shownPhones(page)).length).toBeGreaterThan(5)
    expect(await pasted()).toBe(text)
  })
}

test('control characters divide words, as blanks do, and are listed', async () => {
  await paste('One\u0007two \u0085 three.')
  await speakAndWait(page)
  await expect(page.locator('.plan-letters')).toHaveText(['one', 'two', 'three'])
  await expect(page.getByTestId('skipped')).toContainText('␇')
})

test('a hundred kilobytes of text start to speak, stop, and leave the page as it was', async () => {
  const sentence = 'This is a sentence of a very long text, which nobody will listen to. '
  const text = sentence.repeat(Math.floor(100_000 / sentence.length))
  await textBox(page).fill(text)
  await button(page, 'Speak').click()
  await expect(page.getByRole('progressbar', { name: 'Phones spoken' })).toHaveAttribute(
    'aria-valuetext',
    /phone (\d{2,}|[2-9]) of \d{2},\d{3}|phone (\d{2,}|[2-9]) of \d{5}/,
    { timeout: 120_000 },
  )
  await button(page, 'Stop').click()
  await expect(button(page, 'Speak')).toBeEnabled()
  expect(await textBox(page).inputValue()).toBe(text)
  await say(page, 'Short again.')
})

test('more than that is refused with the limit', async () => {
  const text = 'word '.repeat(20_100)
  await textBox(page).fill(text)
  await button(page, 'Speak').click()
  await expect(errorNote(page)).toContainText(/100,?500 characters.*at most 100,?000/)
  expect(await textBox(page).inputValue()).toBe(text)
})
