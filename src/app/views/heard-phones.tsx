/** Owns: the phones as they come, as a line of text. The last ones where there are too many to show. */
import { Fragment, memo } from 'react'
import type { HeardPhone } from '../../workers/protocol'
import { useSettings } from '../services-context'
import { isSpokenPhone, phoneToSign } from '../words/ipa'

const MAX_PHONES = 400

export const HeardPhones = memo(function HeardPhones({ phones }: { readonly phones: readonly HeardPhone[] }) {
  const script = useSettings((state) => state.phoneScript)
  const words: string[] = ['']
  for (const { phone } of phones.slice(-MAX_PHONES)) {
    if (!isSpokenPhone(phone)) words.push('')
    else words[words.length - 1] += phoneToSign(phone, script) + (script === 'ipa' ? '' : ' ')
  }
  return (
    <p className="heard-phones" data-testid="heard-phones" lang="en-fonipa">
      {phones.length > MAX_PHONES && '… '}
      {words.filter(Boolean).map((word, index) => (
        <Fragment key={index}>
          <span className="heard-word">{word}</span>{' '}
        </Fragment>
      ))}
    </p>
  )
})
