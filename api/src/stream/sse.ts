/** One server-sent event (HTML Living Standard, 9.2): its data is JSON, which has no line breaks. */
export function event(name: string, content: unknown, id?: string): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(content)}\n\n`;
}

/** A line that keeps proxies and dead peers honest; readers ignore it. */
export const heartbeat = ': still here\n\n';

/** The first lines: how long a reader waits before it comes back, in ms. */
export const opening = 'retry: 3000\n\n';
