/**
 * What bench/ uses of each peer, so that `npm run check` can type bench/ where its own packages are not installed. After
 * `npm ci` in bench/, `npm run types` there checks the same files against the peers' own types, without this file.
 */
declare module 'astro-og-canvas' {
  interface FontOptions {
    families?: string[];
    weight?: 'Normal' | 'Bold';
  }
  export function generateOpenGraphImage(options: {
    cacheDir?: string | false;
    title: string;
    description?: string;
    fonts?: string[];
    format?: 'PNG' | 'JPEG' | 'WEBP';
    quality?: number;
    bgGradient?: [number, number, number][];
    font?: { title?: FontOptions; description?: FontOptions };
  }): Promise<Uint8Array<ArrayBuffer> | ReadableStream>;
}

declare module '@resvg/resvg-js' {
  export class Resvg {
    constructor(svg: string);
    render(): { asPng(): Buffer };
  }
}

declare module 'satori' {
  export default function satori(
    element: unknown,
    options: {
      width: number;
      height: number;
      fonts: { name: string; data: Buffer; weight: 400 | 700; style: 'normal' }[];
    },
  ): Promise<string>;
}

declare module '@takumi-rs/core' {
  export class Renderer {
    registerFont(font: { name: string; data: Buffer; weight: number }): Promise<unknown>;
    render(
      node: object,
      options: { width: number; height: number; format: 'jpeg'; quality: number },
    ): Promise<Buffer>;
  }
}

declare module '@takumi-rs/helpers/jsx' {
  export function fromJsx(element: unknown): Promise<{ node: object }>;
}

declare module '@vercel/og' {
  export class ImageResponse extends Response {
    constructor(
      element: unknown,
      options: {
        width: number;
        height: number;
        fonts: { name: string; data: ArrayBuffer; weight: 400 | 700; style: 'normal' }[];
      },
    );
  }
}
