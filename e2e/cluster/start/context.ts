import type { BuiltImage } from '../../images/image.ts';
import type { ClusterFile } from '../cluster-file.ts';
import { Cluster } from '../handle.ts';
import { clusterId, stateDir } from '../paths.ts';

/** What the steps of a start hand to each other. */
export class StartContext {
  readonly clusterId = clusterId();
  readonly stateDir: string;
  readonly images = new Map<string, BuiltImage>();
  #cluster: { handle: Cluster; file: ClusterFile } | undefined;

  /** @param dir the state of another cluster than this checkout's */
  constructor(dir: string = stateDir()) {
    this.stateDir = dir;
  }

  /** Told by the step that starts the nodes. */
  opened(file: ClusterFile): void {
    this.#cluster = { handle: new Cluster(this.stateDir), file };
  }

  get cluster(): Cluster {
    return this.#opened.handle;
  }

  get file(): ClusterFile {
    return this.#opened.file;
  }

  image(name: string): BuiltImage {
    const image = this.images.get(name);
    if (image === undefined) throw new Error(`BUG: the image ${name} is used before it is built`);
    return image;
  }

  get #opened(): { handle: Cluster; file: ClusterFile } {
    if (this.#cluster === undefined) throw new Error('BUG: the cluster is used before it is started');
    return this.#cluster;
  }
}
