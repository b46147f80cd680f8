import sharp from 'sharp';
import type { Image } from '../store/store.ts';

/** A fingerprint made of one hexadecimal digit. */
export function digits(digit: string): string {
  return digit.repeat(64);
}

const jpeg = await sharp({ create: { width: 12, height: 6, channels: 3, background: '#246' } })
  .jpeg()
  .toBuffer();

/** A small real JPEG on its way into a store. */
export function testImage(key: string, fingerprint: string, options: Partial<Image> = {}): Image {
  return { key, bytes: jpeg, contentType: 'image/jpeg', fingerprint, immutable: false, ...options };
}
