const BLOCK_BYTES = 512;

/**
 * Files as a tar archive in the ustar format
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html, "ustar Interchange Format").
 * @param files texts by name, of at most 100 ASCII characters
 * @param atSeconds the time that all of them bear
 */
export function tar(files: ReadonlyMap<string, string>, atSeconds: number): Buffer {
  const parts = [...files].flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES);
    return [header(name, content.length, atSeconds), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK_BYTES)]);
}

function header(name: string, bytes: number, atSeconds: number): Buffer {
  if (name.length > 100) throw new Error(`a name in a tar archive has at most 100 characters: ${name}`);
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${octal(bytes, 11)}\0`, 124);
  block.write(`${octal(atSeconds, 11)}\0`, 136);
  block.write('        ', 148); // The checksum counts itself as blanks.
  block.write('0', 156);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}
