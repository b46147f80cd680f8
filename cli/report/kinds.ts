/** What each code of a warning, a problem or a failed image is called, and what to do about it. Add a line here for a new one. */
import type { ErrorCode, WarningCode } from '../../function/contract.ts';
import type { PostErrorCode } from '../errors.ts';

export interface TroubleKind {
  name: string;
  /** What to do; left out where each message says it. */
  cure?: string;
}

const WARNINGS: Record<WarningCode, TroubleKind> = {
  picture_left_out: { name: 'a picture that cannot be used: the card shows none' },
  text_cut: { name: 'text that does not fit', cure: 'Shorten it, or set og.title or og.description.' },
  overflow: { name: 'something reaches over the edge of the card' },
  low_contrast: {
    name: 'text that hardly stands out from what is behind it',
    cure: 'Change a colour, or put a shade under the text; in the template, data-lint-off="low_contrast" on the element ends it.',
  },
  small_text: {
    name: 'text that is too small where the card is shown small',
    cure: 'Make it larger in the template; data-lint-off="small_text" on the element ends it.',
  },
  edge: {
    name: 'something too near to the edge, which networks crop or round off',
    cure: 'Give the template a wider margin; data-lint-off="edge" on the element ends it.',
  },
  missing_glyph: {
    name: 'a character that no font has',
    cure: 'Install the package that is named, add a font that has it to templates/fonts/, or write it another way.',
  },
  over_budget: {
    name: 'an image with too many bytes',
    cure: 'Raise output.maxBytes, or use a calmer template.',
  },
};

const FAILURES: Record<ErrorCode, TroubleKind> = {
  bad_request: { name: 'a post that the function refuses' },
  invalid_json: { name: 'a request that cannot be read' },
  invalid_slug: {
    name: 'an address that cannot name an image',
    cure: "Set og.slug in the front matter, or slug in map of the configuration: the page's own address stays.",
  },
  invalid_key: { name: 'a name that an image cannot have' },
  invalid_image: { name: 'a picture that cannot be used' },
  duplicate_key: { name: 'two posts with one image' },
  unknown_template: { name: 'a template that does not exist' },
  template_failed: { name: 'a template that cannot be filled in' },
  fingerprint_mismatch: {
    name: 'og-sync here and the function disagree about a picture',
    cure: 'Deploy the function again with the version of og-sync that runs here.',
  },
  unauthorized: { name: 'the function wants to know who calls' },
  forbidden: { name: 'the function refuses the caller' },
  not_found: { name: 'nothing is at that address' },
  method_not_allowed: { name: 'the function refuses the method' },
  too_large: { name: 'a post that is too large for one request' },
  unsupported_media_type: { name: 'a body that is not JSON' },
  render_failed: { name: 'a card that the browser could not draw' },
  render_timeout: { name: 'a card that took too long to draw' },
  internal: { name: 'an error of og-sync itself', cure: 'Please report it, with the output of --verbose.' },
  store_unavailable: { name: 'the store did not answer' },
  store_refused: { name: 'the store refused the image' },
  browser_unavailable: { name: 'the browser did not start' },
};

/** Of what a source says, where the post is made without it. */
const LEFT_OUT: Record<string, TroubleKind> = {
  date_left_out: { name: 'a date that cannot be read: the card shows none' },
  unknown_language: { name: 'a language that cannot be read' },
};

/** Of files that make no post. */
const PROBLEMS: Record<Exclude<PostErrorCode, ErrorCode>, TroubleKind> = {
  no_title: {
    name: 'no title',
    cure: 'Give each a title in its front matter, or one by map in the configuration; "og: false" leaves a file out.',
  },
  invalid_post: { name: 'a field that cannot be used' },
  front_matter_invalid: { name: 'front matter that cannot be read' },
  front_matter_open: { name: 'front matter without an end' },
  front_matter_language: {
    name: 'front matter in a language that is not read',
    cure: 'Use YAML, TOML or JSON.',
  },
  front_matter_too_large: { name: 'front matter that is too large' },
  map_failed: { name: 'map of the configuration failed' },
  template_threw: { name: 'template of the configuration failed' },
  missing_picture: { name: 'a picture that is not there' },
  invalid_picture: { name: 'a picture that cannot be used' },
  picture_unreachable: { name: 'a picture that cannot be fetched' },
  encoding: { name: 'a file whose encoding cannot be read', cure: 'Save it as UTF-8.' },
  unreadable: { name: 'a file that cannot be read' },
  unwritable: { name: 'a page that cannot be written', cure: 'Check its rights, and the room on the disk.' },
  odd_page: { name: 'a page into which tags cannot be written' },
};

const KINDS: ReadonlyMap<string, TroubleKind> = new Map(
  Object.entries<TroubleKind>({ ...PROBLEMS, ...FAILURES, ...LEFT_OUT, ...WARNINGS }),
);

/** Whether a code is one of a warning, a problem or a failed image. */
export function isTroubleCode(code: string): boolean {
  return KINDS.has(code);
}

/** The kind of a code; one that a newer function made up is its own name. */
export function troubleKindOf(code: string): TroubleKind {
  return KINDS.get(code) ?? { name: code.replaceAll('_', ' ') };
}
