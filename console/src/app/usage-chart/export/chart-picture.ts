import type { Frame } from '../options/frame.ts';
import { pictureHeight, pictureOptions } from './picture-options.ts';

export type PictureKind = 'png' | 'svg';

/** Sharp on dense displays and in print. */
const pngScale = 2;

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser could not make a PNG of the chart.'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** Draws a chart with its words into a file. Rejects when the browser cannot. */
export async function chartPicture(kind: PictureKind, frame: Frame, subject: string): Promise<Blob> {
  const { init } = await import('../echarts.ts');
  const { area } = frame;
  const size = { width: area.left + area.width + area.right, height: pictureHeight(frame) };
  const options = pictureOptions(frame, subject);
  const chart =
    kind === 'svg'
      ? init(null, null, { ...size, renderer: 'svg', ssr: true })
      : init(document.createElement('div'), null, { ...size, renderer: 'canvas', devicePixelRatio: pngScale });
  try {
    chart.setOption(options);
    if (kind === 'svg') return new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' });
    return await pngOf(chart.renderToCanvas({ pixelRatio: pngScale }));
  } finally {
    chart.dispose();
  }
}
