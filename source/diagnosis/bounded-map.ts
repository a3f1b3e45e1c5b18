/** A rule remembers something of each port, and a machine has few; a hostile recording may not. */
const mostKeys = 64;

/** A map that lets the oldest entry go when there are too many. */
export class BoundedMap<K, V> extends Map<K, V> {
	override set(key: K, value: V): this {
		super.set(key, value);
		if (this.size > mostKeys) this.delete(this.keys().next().value!);
		return this;
	}
}
