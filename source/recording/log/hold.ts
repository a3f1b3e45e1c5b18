/** What a map holds for `key`, or what is made for it; it holds the `most` that were asked for last. */
export function hold<K, V>(map: Map<K, V>, most: number, key: K, make: () => V): V {
	const value = map.get(key) ?? make();
	map.delete(key);
	map.set(key, value);
	if (map.size > most) map.delete(map.keys().next().value!);
	return value;
}
