/** Items are numbered; those from `first` to before `end` can be shown. */
export type Range = { readonly first: number; readonly end: number };
