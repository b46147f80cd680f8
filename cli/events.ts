/** What the core tells while it works. The terminal, the plain log and the JSON report subscribe; the core never prints. */
import type { Result, Warning } from '../function/contract.ts';
import type { Item, Plan } from './plan.ts';
import type { Problem } from './scan.ts';

export type SyncEvent =
  | { type: 'scanned'; posts: number; problems: Problem[] }
  | { type: 'planned'; plan: Plan; store: string }
  | { type: 'started'; where: string }
  | { type: 'image'; item: Item; result: Result }
  | { type: 'retry'; reason: string; delayMs: number; posts: number }
  | { type: 'deleted'; key: string }
  | { type: 'notice'; message: string; warnings?: Warning[] };

export type Emit = (event: SyncEvent) => void;
