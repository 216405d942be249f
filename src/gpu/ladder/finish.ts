/** Owns: the way from a generator to its result, for whoever does not look at what it yields on the way. */

/** Runs a generator to its end. @returns its result */
export async function finish<Event, Result>(
  work: AsyncGenerator<Event, Result>,
  events: Event[] = [],
): Promise<Result> {
  let step = await work.next()
  for (; !step.done; step = await work.next()) events.push(step.value)
  return step.value
}
