/** Why an SVG cannot be used; printed after "it is an SVG with ". */
import { MAX_DEPTH } from './weight.ts';

export class SvgError extends Error {}

export const tooDeep = (): SvgError => new SvgError(`elements more than ${MAX_DEPTH} deep in each other`);
