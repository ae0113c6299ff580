import { expect, it } from '@jest/globals';
import { chartValues } from './chart.ts';

it('tells the chart each image by repository and tag, and the volume by its class', () => {
  const image = (name: string) => ({ reference: `localhost/docksnap/${name}:0123`, archive: '' });
  const images = {
    agent: image('agent'),
    api: image('api'),
    operator: image('operator'),
    trialDatabase: image('trial-database'),
  };
  expect(chartValues(images)).toMatchObject({
    agent: { image: { repository: 'localhost/docksnap/agent', tag: '0123', pullPolicy: 'Never' } },
    trialDatabase: {
      image: { repository: 'localhost/docksnap/trial-database' },
      storage: { storageClassName: 'docksnap-local' },
    },
  });
});
