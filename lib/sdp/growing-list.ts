/** The list of all who have none. */
export const empty: readonly never[] = [];

/** A list with one more item at its end: the same list, where there is one already. */
export function added<Item>(list: Item[] | undefined, item: Item): Item[] {
  if (list === undefined) return [item];
  list.push(item);
  return list;
}

/** A list that nothing is added to any more, in no more memory than it needs: one that grew keeps room for many more items. */
export function trimmed<List extends unknown[] | undefined>(list: List): List {
  return list === undefined || list.length === 1 ? list : (list.slice() as List);
}
