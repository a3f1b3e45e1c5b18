/** A machine has few ports; a hostile recording may name any number of them. */
const mostKeys = 64;

/** A map that drops its oldest entry when there are too many. */
export class BoundedMap<K, V> extends Map<K, V> {
	override set(key: K, value: V): this {
		super.set(key, value);
		if (this.size > mostKeys) this.delete(this.keys().next().value!);
		return this;
	}
}
