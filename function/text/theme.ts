/** `site.theme`: how a site dresses its cards, whichever template draws them. */
import { z } from 'zod';
import { safeColour } from './colour.ts';

const colour = z
  .string('must be a CSS colour')
  .refine((value) => safeColour(value) !== null, 'must be a CSS colour such as #e0311d or oklch(0.6 0.2 30)');

export const themeSchema = z
  .strictObject(
    {
      accent: colour,
      background: colour,
      text: colour,
      /** A font family: one that comes along, or one of the user's own. */
      font: z.string('must be a font family').min(1, 'must be a font family').max(100),
      mode: z.enum(['light', 'dark'], 'must be "light" or "dark"'),
      /** Before the site's name, at the other end of its line, or nowhere. */
      logo: z.enum(['start', 'end', 'none'], 'must be "start", "end" or "none"'),
    },
    { error: ({ code }) => (code === 'invalid_type' ? 'must be an object' : undefined) },
  )
  .partial();
export type Theme = z.infer<typeof themeSchema>;
