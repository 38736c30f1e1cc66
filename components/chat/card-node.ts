import * as v from 'valibot';

/** What stands in one place of a card at most. */
const MOST_TEXT = 4_000;

const absent = <T extends v.GenericSchema>(schema: T) => v.fallback(v.optional(schema), undefined);
const text = absent(
  v.pipe(
    v.string(),
    v.transform((s) => s.slice(0, MOST_TEXT)),
  ),
);
const list = absent(v.array(v.unknown()));
const any = absent(v.unknown());

/** Every field that is read of any part of any card. What is of another type counts as absent. */
const Shape = v.object({
  type: text,
  '@type': text,
  text,
  title: text,
  subtitle: text,
  summary: text,
  name: text,
  key: text,
  value: text,
  label: text,
  placeholder: text,
  url: text,
  uri: text,
  alt: text,
  altText: text,
  size: text,
  weight: text,
  style: text,
  fallbackText: text,
  activityTitle: text,
  activitySubtitle: text,
  activityText: text,
  total: text,
  tax: text,
  price: text,
  tap: any,
  body: list,
  items: list,
  columns: list,
  rows: list,
  cells: list,
  images: list,
  inlines: list,
  facts: list,
  actions: list,
  buttons: list,
  sections: list,
  potentialAction: list,
  target: list,
  targets: list,
});
export type CardNode = v.InferOutput<typeof Shape>;

/** One part of a card, or null for what is no object. */
export function nodeOf(json: unknown): CardNode | null {
  const result = v.safeParse(Shape, json);
  return result.success ? result.output : null;
}
