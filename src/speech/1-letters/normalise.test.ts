import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../2-phones/fixtures/phones.golden.json'
import { parseLexicon } from './lexicon'
import { normaliseText } from './normalise'

const lexicon = parseLexicon(gunzipSync(readFileSync('public/models/lexicon.gzip')).toString())

/** Short hand: words small, letters to be named as capitals, marks apart. */
function read(text: string): string {
  return normaliseText(text, lexicon.has)
    .tokens.map((token) => {
      if (token.kind === 'mark') return token.mark
      return token.kind === 'letter' ? token.text.slice(0, 1).toUpperCase() + token.text.slice(1) : token.text
    })
    .join(' ')
}

const CASES: Readonly<Record<string, readonly (readonly [text: string, reading: string])[]>> = {
  numbers: [
    ['3 cats and 21 dogs', 'three cats and twenty one dogs .'],
    ['-5 to -3.5', 'minus five to minus three point five .'],
    ['−5', 'minus five .'],
    ['3.14159', 'three point one four one five nine .'],
    ['.5 of 0.5', 'point five of zero point five .'],
    ['1,234,567 people', 'one million two hundred thirty four thousand five hundred sixty seven people .'],
    ['1,2345', 'one , two thousand three hundred forty five .'],
    ['007', 'zero zero seven .'],
    [
      '12345678901234567',
      'one two three four five six seven eight nine zero one two three four five six seven .',
    ],
    ['1/2, 3/4, 2/3, 7/8', 'one half , three quarters , two thirds , seven eighths .'],
    ['2 1/2 or 2½ cups', 'two and a half or two and a half cups .'],
    ['120/80', 'one hundred twenty over eighty .'],
    ['3-5 days, pages 10–12', 'three to five days , pages ten to twelve .'],
    ['6.02e23', 'six point zero two times ten to the twenty three .'],
    ['1.2.3', 'one point two point three .'],
    ['24/7', 'twenty four seven .'],
  ],
  ordinals: [
    ['1st 2nd 3rd', 'first second third .'],
    ['the 22nd', 'the twenty second .'],
    ['1,000th', 'one thousandth .'],
  ],
  'roman numerals': [
    ['Henry VIII, Elizabeth II', 'henry the eighth , elizabeth the second .'],
    ['Louis XIV was king', 'louis the fourteenth was king .'],
    ['Chapter IV', 'chapter four .'],
    ['World War II', 'world war two .'],
    ['Rocky III', 'rocky three .'],
    ['Elizabeth I was here', 'elizabeth i was here .'],
    ['like Elizabeth I.', 'like elizabeth the first .'],
    ['Malcolm X', 'malcolm x .'],
  ],
  years: [
    ['in 1984', 'in nineteen eighty four .'],
    ['2005', 'two thousand five .'],
    ['1905, 1900, 2000, 2010', 'nineteen oh five , nineteen hundred , two thousand , twenty ten .'],
    ['in 1066', 'in ten sixty six .'],
    ['the 1900s', 'the nineteen hundreds .'],
    ["the '90s, the 1980s, the 80s", 'the nineties , the nineteen eighties , the eighties .'],
    ["class of '05", 'class of oh five .'],
    ['1500 watts', 'one thousand five hundred watts .'],
    ['1984 people', 'one thousand nine hundred eighty four people .'],
    ['1999 was fun', 'nineteen ninety nine was fun .'],
    ['1939-1945', 'nineteen thirty nine to nineteen forty five .'],
  ],
  money: [
    ['$5.20', 'five dollars and twenty cents .'],
    ['£3m', 'three million pounds .'],
    ['€1.50', 'one euro and fifty cents .'],
    ['50¢', 'fifty cents .'],
    ['$1,200.75', 'one thousand two hundred dollars and seventy five cents .'],
    ['$3 million', 'three million dollars .'],
    ['$1.5 billion', 'one point five billion dollars .'],
    ['$1 and $0.99', 'one dollar and ninety nine cents .'],
    ['£1.01', 'one pound and one penny .'],
    ['$5-$10', 'five dollars to ten dollars .'],
    ['20 €', 'twenty euros .'],
    ['-$5', 'minus five dollars .'],
    ['$.50', 'fifty cents .'],
    ['$5/month', 'five dollars per month .'],
  ],
  percent: [
    ['50%', 'fifty percent .'],
    ['3.5 %', 'three point five percent .'],
    ['10-20%', 'ten to twenty percent .'],
  ],
  times: [
    ['8:20', 'eight twenty .'],
    ['10:05 pm', 'ten oh five P M .'],
    ['5 p.m.', 'five P M .'],
    ['at 5 p.m. Anna left', 'at five P M anna left .'],
    ['at 5 p.m. The door shut', 'at five P M . the door shut .'],
    ['12:00', "twelve o'clock ."],
    ['12:00 pm', 'twelve P M .'],
    ['17:00 or 14:30', 'seventeen hundred or fourteen thirty .'],
    ['9am', 'nine A M .'],
    ["5 o'clock", "five o'clock ."],
    ['8:20:15', 'eight twenty and fifteen seconds .'],
    ['16:9', 'sixteen to nine .'],
  ],
  dates: [
    ['September 6, 2024, we left', 'september sixth , twenty twenty four , we left .'],
    ['Sept. 6', 'september sixth .'],
    ['6 Sep 2024', 'the sixth of september , twenty twenty four .'],
    ['the 6th of September', 'the sixth of september .'],
    ['2024-09-06', 'september sixth , twenty twenty four .'],
    ['9/6/2024', 'september sixth , twenty twenty four .'],
    ['25/12/2024', 'december twenty fifth , twenty twenty four .'],
    ['May 5-7, 2020', 'may fifth to seventh , twenty twenty .'],
    ['in Sept. 2024', 'in september twenty twenty four .'],
  ],
  abbreviations: [
    ['Mr. Smith, Mrs. Jones, Ms. Lee', 'mr smith , mrs jones , ms lee .'],
    ['Dr. Brown of St. Paul', 'dr brown of st paul .'],
    ['221 Baker St. in London', 'two hundred twenty one baker street in london .'],
    ['Prof. Hill', 'professor hill .'],
    ['e.g. this, i.e. that', 'for example this , that is that .'],
    ['dogs, etc. The end', 'dogs , etc . the end .'],
    ['cats vs. dogs', 'cats versus dogs .'],
    ['No. 5', 'number five .'],
    ["No. I won't", "no . i won't ."],
    ['King Jr. spoke', 'king junior spoke .'],
    ['Fifth Ave. is long', 'fifth avenue is long .'],
    ['Acme Inc. is big', 'acme incorporated is big .'],
    ['approx. 10', 'approximately ten .'],
    ['w/o milk, w/ sugar', 'without milk , with sugar .'],
  ],
  'initials and acronyms': [
    ['the U.S. Army in the U.S. The end', 'the U S army in the U S . the end .'],
    ['J. R. R. Tolkien', 'J R R tolkien .'],
    ['George W. Bush', 'george W bush .'],
    ['Plan B. Then we left', 'plan b . then we left .'],
    ['NASA and the FBI', 'nasa and the fbi .'],
    ['a GPU', 'a G P U .'],
    ['our NGOs', "our N G O's ."],
    ['the US and us', 'the U S and us .'],
    ['do it NOW, GIVE IT TO US', 'do it now , give it to us .'],
    ['AT&T', 'A T and T .'],
    ['TV, PhD, 3D, B12, MP3', 'tv , P H D , three D , B twelve , M P three .'],
    ['UNICEF', 'unicef .'],
    ['btw', 'B T W .'],
    ['grade A milk', 'grade A milk .'],
    ["U.K.'s COVID-19 on Wi-Fi", "U K's covid nineteen on wifi ."],
    ["OpenAI's LLMs", "open A I's L L M's ."],
    ['AI at our IT desk', 'A I at our I T desk .'],
    ['CO₂', 'C O two .'],
  ],
  units: [
    ['5 km, 1 km, 20kg', 'five kilometers , one kilometer , twenty kilograms .'],
    ['60 mph', 'sixty miles per hour .'],
    ['25°C and -4 °F', 'twenty five degrees celsius and minus four degrees fahrenheit .'],
    ['10 MB', 'ten megabytes .'],
    ['3 GHz', 'three giga hertz .'],
    ['5\'10"', 'five foot ten .'],
    ['5 ft 10 in', 'five foot ten .'],
    ['3-5 kg', 'three to five kilograms .'],
    ['10 m²', 'ten square meters .'],
    ['a 5-km run', 'a five kilometer run .'],
    ['640x480', 'six hundred forty by four hundred eighty .'],
    ['5G', 'five G .'],
    ['10x', 'ten X .'],
  ],
  addresses: [
    ['anna.b@mail.com', 'anna dot B at mail dot com .'],
    ['See https://www.x.org/a-b.', 'see W W W dot X dot org slash A dash B .'],
    ['example.co.uk', 'example dot C O dot U K .'],
    ['notes.txt', 'notes dot T X T .'],
    ['bob_42@mail.io', 'bob underscore forty two at mail dot I O .'],
    ['#HelloWorld and @anna_b', 'hashtag hello world and at anna underscore B .'],
  ],
  'telephone numbers': [
    ['555-1234', 'five five five , one two three four .'],
    ['(212) 555-0199', 'two one two , five five five , zero one nine nine .'],
    ['+44 20 7946 0958', 'plus four four , two zero , seven nine four six , zero nine five eight .'],
  ],
  signs: [
    ['salt & pepper', 'salt and pepper .'],
    ['2 + 2 = 4', 'two plus two equals four .'],
    ['10 - 3 = 7', 'ten minus three equals seven .'],
    ['3 * 4 and 3 × 4', 'three times four and three by four .'],
    ['and/or, he/she', 'and or , he slash she .'],
    ['~20', 'about twenty .'],
    ['#5', 'number five .'],
    ['C++ and C#', 'C plus plus and C sharp .'],
    ['10⁶ x²', 'ten to the six x squared .'],
  ],
  typography: [
    ['café naïve Zürich Ångström', 'cafe naive zurich angstrom .'],
    ['“Hello” — she said – ‘well’…', 'hello , she said , well .'],
    ['word (in brackets) here', 'word , in brackets , here .'],
    ['ｆｕｌｌ １２', 'full twelve .'],
    ['soft\u00adhyphen', 'softhyphen .'],
    ['One\nTwo\n\nThree', 'one . two . three .'],
    ['one line\nruns on', 'one line runs on .'],
    ['Roses are red,\nViolets are blue', 'roses are red , violets are blue .'],
    ['iPhone, myVariableName, XMLHttpRequest', 'iphone , my variable name , xml http request .'],
    ['Wait!!! What?!', 'wait ! what !'],
    ['\u0000bell\u0007 and \ud800 lone', 'bell and lone .'],
  ],
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases)('%s', (text, reading) => expect(read(text)).toBe(reading))
})

describe('normaliseText', () => {
  it('lists control characters as skipped, each once, and white space never', () => {
    const { tokens, skipped } = normaliseText(
      'one\u0007two\u0000three\u0007 \t\n\r\v\f\u0085 é\u0090four\u007f',
      () => true,
    )
    expect(tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []))).toEqual([
      'one',
      'two',
      'three',
      'e',
      'four',
    ])
    expect([...skipped].sort()).toEqual(['U+0090', '␀', '␇', '␡'].sort())
  })

  it.each(golden.rows.map(({ text, items }) => [text, items]))(
    'divides “%s” as the reference does',
    (text, items) => {
      // The reference writes the letter A as the word that sounds like it.
      expect(read(text).replace(/\bA\b/g, 'ay')).toBe(items)
    },
  )

  it('lists what it cannot read, each once and whole', () => {
    const { skipped, tokens } = normaliseText('hi 😀 👨‍👩‍👧 😀 🇩🇪 שלום ™ \ud800', lexicon.has)
    expect(tokens.length).toBe(2)
    expect(skipped).toEqual(['😀', '👨‍👩‍👧', '🇩🇪', 'ש', 'ל', 'ו', 'ם', '™', '\uFFFD'])
  })

  it('says where words come from', () => {
    const text = 'Café: $5.20 😀 now'
    const stretches = normaliseText(text, lexicon.has).tokens.flatMap((token) =>
      token.kind === 'mark' ? [] : [[token.text, text.slice(token.source.start, token.source.end)]],
    )
    expect(stretches).toEqual([
      ['cafe', 'Café'],
      ...['five', 'dollars', 'and', 'twenty', 'cents'].map((word) => [word, '$5.20']),
      ['now', 'now'],
    ])
  })

  it('has no tokens where there are no words', () => {
    expect(normaliseText(' … !? 😀', lexicon.has).tokens).toEqual([])
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
      .map((units) => String.fromCharCode(...units)),
    fc
      .array(
        fc.constantFrom(
          ...`Aa1,.'-/:$%&@#^*()"? \n½éIVX0stkmpMc5`.split(''),
          'St. ',
          ' 19',
          '://',
          'May ',
          'p.m.',
          '\u0301',
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join('')),
  )

  it('takes any string: plain words, one mark after each at most, true offsets, a closing mark', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens } = normaliseText(text, lexicon.has)
        const wrong = tokens.filter((token, i) => {
          if (token.kind === 'mark') return i === 0 || tokens[i - 1].kind === 'mark'
          const { start, end } = token.source
          const letters = token.kind === 'word' ? /^[a-z'][a-z']{0,79}$/ : /^[a-z]('s)?$/
          return !letters.test(token.text) || start < 0 || start >= end || end > text.length
        })
        expect(wrong).toEqual([])
        const last = tokens.at(-1)
        expect(last === undefined || (last.kind === 'mark' && '.?!'.includes(last.mark))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    'a',
    '1',
    ' ',
    '.',
    "'",
    '-',
    'a.',
    '1.',
    'a-',
    '1-',
    '1,',
    'A. ',
    '1/',
    '@a',
    'a@',
    '\n',
    '$1',
    'é',
    '😀',
    'A',
    '1:',
    'xX',
    '(',
    'a_',
    '\u0301',
    "a's ",
  ])(
    'finishes 100,000 characters of “%s”',
    (unit) => {
      expect(normaliseText(unit.repeat(100_000 / unit.length), lexicon.has).tokens).toBeDefined()
    },
    5000,
  )
})
