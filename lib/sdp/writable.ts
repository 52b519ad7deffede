/** A type as it is while its value is put together. */
export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
