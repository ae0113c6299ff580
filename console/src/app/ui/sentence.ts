/** A message of the API as a sentence: it begins large and ends with a stop. */
export function asSentence(message: string): string {
  const text = message.trim();
  if (text === '') return '';
  const stopped = /[.!?]$/.test(text) ? text : `${text}.`;
  return stopped.charAt(0).toUpperCase() + stopped.slice(1);
}
