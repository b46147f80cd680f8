/**
 * A JavaScript or TypeScript configuration → the values that stand in it as literals. It is parsed, never executed: what a
 * program would have to compute is `COMPUTED`.
 */
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import type { AnyNode, Expression, ObjectExpression, Program } from 'acorn';
import { posix } from 'node:path';

type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

/** What only a program knows. */
export const COMPUTED = Symbol('computed');

/** A call that stays a call: `starlight({ … })` is of name `starlight`, `config.setInputDirectory('src')` of `setInputDirectory`. */
export class Call {
  readonly name: string;
  readonly args: readonly unknown[];

  constructor(name: string, args: readonly unknown[]) {
    this.name = name;
    this.args = args;
  }
}

export interface Module {
  /** What is exported by default, or by `module.exports`; of a function, what it returns. `COMPUTED` when it is not known. */
  exported: unknown;
  /** What is exported under a name. */
  named: ReadonlyMap<string, unknown>;
  /** Every call that stands anywhere in the file. */
  calls: readonly Call[];
  /** Every name and every text that stands in the file. */
  words: ReadonlySet<string>;
  /** Of every `key: some.member` in the file: key and member, as `slug: post.id` has them. */
  members: readonly (readonly [key: string, member: string])[];
}

const TypeScript = Parser.extend(tsPlugin({ jsx: true }));
const PLAIN = Parser;
const MAX_DEPTH = 64;

/** Reads a module; null when it does not parse. */
export function readModule(text: string): Module | null {
  const program = parsed(text);
  return program === null ? null : new Reader(program).module();
}

function parsed(text: string): Program | null {
  const options = { ecmaVersion: 'latest', sourceType: 'module', locations: true } as const;
  const script = { ...options, allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true };
  for (const parser of [PLAIN, TypeScript])
    try {
      return parser.parse(text, script);
    } catch {
      continue;
    }
  return null;
}

/** The names of calls that hand their argument through: `defineConfig({…})` is the object. */
const TRANSPARENT = /^(define\w*|withMermaid|freeze)$/;

class Reader {
  readonly #program: Program;
  readonly #constants = new Map<string, AnyNode>();

  constructor(program: Program) {
    this.#program = program;
    for (const statement of program.body) {
      const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (node?.type === 'FunctionDeclaration') this.#constants.set(node.id.name, node);
      if (node?.type !== 'VariableDeclaration') continue;
      for (const { id, init } of node.declarations)
        if (id.type === 'Identifier' && init) this.#constants.set(id.name, init);
    }
  }

  module(): Module {
    const named = new Map<string, unknown>();
    let exported: unknown = COMPUTED;
    for (const node of this.#program.body) {
      if (node.type === 'ExportDefaultDeclaration') exported = this.#result(node.declaration, 0);
      if (node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'VariableDeclaration')
        for (const { id, init } of node.declaration.declarations)
          if (id.type === 'Identifier' && init) named.set(id.name, this.#value(init, 0));
      if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AssignmentExpression') continue;
      const { left, right } = node.expression;
      if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') continue;
      if (left.property.name === 'exports') exported = this.#result(right, 0);
      if (left.object.type === 'Identifier' && left.object.name === 'exports')
        named.set(left.property.name, this.#value(right, 0));
    }
    const calls: Call[] = [];
    const words = new Set<string>();
    const members: [string, string][] = [];
    walk(this.#program, (node) => {
      if (node.type === 'CallExpression') calls.push(this.#call(node.callee, node.arguments, 0));
      if (node.type === 'Identifier') words.add(node.name);
      if (node.type === 'Literal' && typeof node.value === 'string') words.add(node.value);
      if (
        node.type === 'Property' &&
        node.key.type === 'Identifier' &&
        node.value.type === 'MemberExpression'
      )
        members.push([node.key.name, nameOf(node.value)]);
    });
    return { exported, named, calls, words, members };
  }

  /** A value; of a function, what it returns. */
  #result(node: AnyNode, depth: number): unknown {
    const target = node.type === 'Identifier' ? this.#constants.get(node.name) : node;
    if (target === undefined || depth > MAX_DEPTH) return COMPUTED;
    if (isFunction(target)) return this.#returned(target, depth);
    if (target.type === 'CallExpression' && isTransparent(target.callee)) {
      const [first] = target.arguments;
      return first === undefined || first.type === 'SpreadElement'
        ? COMPUTED
        : this.#result(first, depth + 1);
    }
    return this.#value(target, depth);
  }

  /** The last of the returns that stand in the body itself. */
  #returned({ body }: FunctionNode, depth: number): unknown {
    if (body.type !== 'BlockStatement') return this.#result(body, depth + 1);
    for (const statement of body.body)
      if (statement.type === 'VariableDeclaration')
        for (const { id, init } of statement.declarations)
          if (id.type === 'Identifier' && init && !this.#constants.has(id.name))
            this.#constants.set(id.name, init);
    const last = body.body.findLast((statement) => statement.type === 'ReturnStatement');
    return last?.argument ? this.#result(last.argument, depth + 1) : COMPUTED;
  }

  #value(node: AnyNode, depth: number): unknown {
    if (depth > MAX_DEPTH) return COMPUTED;
    const next = depth + 1;
    switch (node.type) {
      case 'Literal':
        return 'regex' in node && node.regex ? COMPUTED : node.value;
      case 'TemplateLiteral':
        return this.#template(
          node.quasis.map(({ value }) => value.cooked ?? ''),
          node.expressions,
          next,
        );
      case 'Identifier':
        return this.#named(node.name, next);
      case 'ArrayExpression':
        return node.elements.flatMap((element) => this.#element(element, next));
      case 'ObjectExpression':
        return this.#object(node, next);
      case 'MemberExpression':
        return this.#member(node, next);
      case 'UnaryExpression':
        return this.#unary(node.operator, this.#value(node.argument, next));
      case 'BinaryExpression':
        return this.#joined(this.#value(node.left, next), node.operator, this.#value(node.right, next));
      case 'CallExpression':
        return isTransparent(node.callee)
          ? this.#result(node, next)
          : pathOf(this.#call(node.callee, node.arguments, next));
      case 'ParenthesizedExpression':
        return this.#value(node.expression, next);
      default:
        // `x as T`, `x satisfies T`, `x!`, `<T>x`: nodes that the TypeScript plug-in adds.
        return node.type.startsWith('TS') && 'expression' in node
          ? this.#value((node as { expression: Expression }).expression, next)
          : COMPUTED;
    }
  }

  #named(name: string, depth: number): unknown {
    if (name === 'undefined') return undefined;
    if (name === '__dirname') return '.';
    const node = this.#constants.get(name);
    return node === undefined || isFunction(node) ? COMPUTED : this.#value(node, depth);
  }

  #template(texts: readonly string[], expressions: readonly Expression[], depth: number): unknown {
    let result = texts[0] ?? '';
    for (const [index, expression] of expressions.entries()) {
      const value = this.#value(expression, depth);
      if (typeof value !== 'string' && typeof value !== 'number') return COMPUTED;
      result += `${value}${texts[index + 1] ?? ''}`;
    }
    return result;
  }

  #element(element: AnyNode | null, depth: number): unknown[] {
    if (element === null) return [undefined];
    if (element.type !== 'SpreadElement') return [this.#value(element, depth)];
    const spread = this.#value(element.argument, depth);
    return Array.isArray(spread) ? spread : [COMPUTED];
  }

  #object(node: ObjectExpression, depth: number): unknown {
    const members: Record<string, unknown> = {};
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.#value(property.argument, depth);
        if (typeof spread === 'object' && spread !== null) Object.assign(members, spread);
        continue;
      }
      const { key } = property;
      const name = !property.computed && key.type === 'Identifier' ? key.name : this.#value(key, depth);
      if ((typeof name === 'string' || typeof name === 'number') && name !== '__proto__')
        members[name] =
          property.kind === 'init' && !property.method ? this.#value(property.value, depth) : COMPUTED;
    }
    return members;
  }

  #member(
    { object, property, computed }: Extract<AnyNode, { type: 'MemberExpression' }>,
    depth: number,
  ): unknown {
    if (object.type === 'MetaProperty' && property.type === 'Identifier' && property.name === 'dirname')
      return '.';
    const value = object.type === 'Super' ? COMPUTED : this.#value(object, depth);
    const name = !computed && property.type === 'Identifier' ? property.name : this.#value(property, depth);
    if (typeof value !== 'object' || value === null || value instanceof Call) return COMPUTED;
    return Object.hasOwn(value, String(name)) ? (value as Record<string, unknown>)[String(name)] : COMPUTED;
  }

  #unary(operator: string, value: unknown): unknown {
    if (value === COMPUTED) return COMPUTED;
    if (operator === '!') return !value;
    return operator === '-' && typeof value === 'number' ? -value : COMPUTED;
  }

  #joined(left: unknown, operator: string, right: unknown): unknown {
    return operator === '+' && typeof left === 'string' && typeof right === 'string'
      ? left + right
      : COMPUTED;
  }

  #call(callee: AnyNode, args: readonly AnyNode[], depth: number): Call {
    return new Call(
      nameOf(callee),
      depth > MAX_DEPTH ? [] : args.flatMap((arg) => this.#argument(arg, depth + 1)),
    );
  }

  #argument(arg: AnyNode, depth: number): unknown[] {
    return isFunction(arg) ? [COMPUTED] : this.#element(arg, depth);
  }
}

function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

function nameOf(callee: AnyNode): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier')
    return callee.property.name;
  return '';
}

function isTransparent(callee: AnyNode): boolean {
  return TRANSPARENT.test(nameOf(callee));
}

/** `path.join(__dirname, 'content')` and `path.resolve('content')` are paths that can be read. */
function pathOf(call: Call): unknown {
  if (call.name !== 'join' && call.name !== 'resolve') return call;
  return call.args.every((arg) => typeof arg === 'string')
    ? posix.join(...(call.args as string[]))
    : COMPUTED;
}

function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child as AnyNode, visit);
  }
}
