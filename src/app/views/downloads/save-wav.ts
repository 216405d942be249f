/** Owns: handing a sound of the shelf to the person, as a WAV file named by what is said in it. */
import type { SoundId } from '../../../workers/spectrogram'
import { saveFile } from '../../ports/save-file'
import type { SoundShelf } from '../../sound-shelf'
import { textToFileName } from '../../words/format'

export async function saveWav(
  shelf: Pick<SoundShelf, 'wav'>,
  soundId: SoundId,
  title: string,
): Promise<void> {
  saveFile(await shelf.wav(soundId), 'audio/wav', textToFileName(title, 'wav'))
}
