/** What an SVG becomes when it is drawn: a reference draws again what it names, and references multiply. */
import { SvgError, tooDeep } from './error.ts';
import type { Svg, SvgElement } from './parse.ts';
import type { Link } from './style.ts';
import { effectWeight, MAX_COST, MAX_DEPTH, WEIGHT } from './weight.ts';

interface Totals {
  cost: number;
  /** Of the steps of a filter, due where it is used. */
  steps: number;
  elements: number;
  corners: number;
  depth: number;
}

/** These hold for an element as a whole; other properties are handed down to all elements in it. */
const NOT_INHERITED = /^(?:filter|mask.*|clip-path|cursor|-webkit-mask.*|backdrop-filter)$/;

/**
 * Adds up what would be drawn.
 * @throws SvgError when it is too much, nested too deep, or endless.
 */
export function checkCost(svg: Svg): number {
  const known = new Map<SvgElement, Totals>();
  const path = new Set<SvgElement>();

  function total(element: SvgElement): Totals {
    const before = known.get(element);
    if (before !== undefined) return before;
    if (path.has(element)) throw new SvgError('an element that refers to itself');
    if (path.size >= MAX_DEPTH) throw tooDeep();
    path.add(element);
    const sum: Totals = {
      cost: element.weight,
      steps: element.step,
      elements: 1,
      corners: element.corners,
      depth: 0,
    };
    const descend = (other: SvgElement): Totals => {
      const found = total(other);
      sum.depth = Math.max(sum.depth, found.depth + 1);
      return found;
    };
    const include = (other: SvgElement): void => {
      const { cost, steps, elements, corners } = descend(other);
      sum.cost += cost;
      if (element.name === 'filter') sum.steps += steps;
      if (sum.cost > MAX_COST) throw heavy();
      sum.elements += elements;
      sum.corners += corners;
    };
    for (const child of element.children) include(child);
    const links: Link[] = [...element.links];
    for (const key of element.keys) {
      const rule = svg.rules.get(key);
      if (rule === undefined) continue;
      sum.cost += effectWeight(rule);
      links.push(...rule.links);
    }
    for (const { property, address } of links) {
      sum.cost += WEIGHT.link;
      const target = address.startsWith('#') ? svg.byId.get(nameOf(address)) : undefined;
      if (target === undefined) continue;
      if (property === 'href') include(target);
      else {
        const { cost, steps } = descend(target);
        sum.cost += (cost + steps) * times(property, sum);
      }
      if (sum.cost > MAX_COST) throw heavy();
    }
    if (sum.cost > MAX_COST) throw heavy();
    if (path.size + sum.depth > MAX_DEPTH) throw tooDeep();
    path.delete(element);
    known.set(element, sum);
    return sum;
  }
  return total(svg.root).cost;
}

function times(property: string, { elements, corners }: Totals): number {
  if (NOT_INHERITED.test(property)) return 1;
  return property.startsWith('marker') ? Math.max(1, corners) : elements;
}

function nameOf(address: string): string {
  const name = address.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const heavy = (): SvgError =>
  new SvgError(
    'too much to draw: its references and filters multiply to more than 100,000 plain elements would take',
  );
