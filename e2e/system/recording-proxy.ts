import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const help = `Stands between an agent and its kubelet and writes down every page that the agent was given.

  --certificate FILE --key FILE   what it shows the agent: the kubelet's own
  --ca FILE                       what it checks the kubelet by
  --port N --upstream-port N      where it listens, and the kubelet's port
  --folder DIR                    pages.jsonl (a line a page: {n, path, status, atMs}) and N.txt (the page)
  --help                          this text`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    certificate: { type: 'string', default: '' },
    key: { type: 'string', default: '' },
    ca: { type: 'string', default: '' },
    port: { type: 'string', default: '' },
    'upstream-port': { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
  },
});

let count = 0;

function forward(asked: IncomingMessage, answer: ServerResponse): void {
  const onward = request(
    {
      host: '127.0.0.1',
      port: values['upstream-port'],
      ca: readFileSync(values.ca),
      path: asked.url,
      method: asked.method,
      headers: { authorization: asked.headers.authorization ?? '', accept: asked.headers.accept ?? '*/*' },
      timeout: 20_000,
    },
    (page) => {
      const chunks: Buffer[] = [];
      page.on('data', (chunk: Buffer) => chunks.push(chunk));
      page.on('end', () => {
        const body = Buffer.concat(chunks);
        answer.writeHead(page.statusCode ?? 502, { 'content-type': page.headers['content-type'] ?? 'text/plain' });
        answer.end(body, () => {
          record(asked.url ?? '', page.statusCode ?? 0, body);
        });
      });
    },
  );
  onward.on('timeout', () => onward.destroy(new Error('the kubelet did not answer within 20 s')));
  onward.on('error', (error) => {
    answer.writeHead(502).end(error.message);
  });
  onward.end();
}

function record(path: string, status: number, body: Buffer): void {
  count += 1;
  writeFileSync(join(values.folder, `${count}.txt`), body);
  appendFileSync(
    join(values.folder, 'pages.jsonl'),
    `${JSON.stringify({ n: count, path, status, atMs: Date.now() })}\n`,
  );
}

if (values.help === true) {
  console.log(help);
} else {
  const server = createServer({ cert: readFileSync(values.certificate), key: readFileSync(values.key) }, forward);
  server.listen(Number(values.port), () => {
    console.log('listening');
  });
}
