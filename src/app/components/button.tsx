/**
 * Owns: a button that keeps the focus when it is disabled, as many are by their own press. The browser would drop the focus,
 * and the next Tab would start at the top of the page; so while it has the focus it only says that it is disabled.
 */
import { useState } from 'react'
import { Button as NativeButton, type ButtonProps } from 'react-aria-components'

export function Button({ isDisabled, onPress, ...props }: ButtonProps) {
  const [isFocused, setFocused] = useState(false)
  return (
    <NativeButton
      {...props}
      onFocusChange={setFocused}
      {...(isDisabled !== undefined && { isDisabled: isDisabled && !isFocused })}
      {...(isDisabled ? { 'aria-disabled': true } : onPress && { onPress })}
    />
  )
}
