/* SPDX-License-Identifier: BSD-2-Clause */
/* Atomic read-modify-writes of generated code. Part of native/primitives.h. */
#ifndef RCS_LITMUS_NATIVE_UPDATES_H
#define RCS_LITMUS_NATIVE_UPDATES_H

RCS_INLINE intptr_t rcs_exchange(enum rcs_variant v, enum rcs_order order,
				 struct rcs_cell cell, intptr_t value)
{
	intptr_t old = 0;

	order = rcs_order(v, order);
	if (cell.width == RCS_INT)
		old = rcs_cpu_exchange_int(order, cell.at, (int32_t)value);
	else if (cell.width == RCS_WIDE)
		old = rcs_cpu_exchange_wide(order, cell.at, value);
	rcs_between(v);
	return old;
}

RCS_INLINE intptr_t rcs_compare(enum rcs_variant v, enum rcs_order order,
				struct rcs_cell cell, intptr_t old, intptr_t value)
{
	intptr_t found = 0;

	order = rcs_order(v, order);
	if (cell.width == RCS_INT)
		found = rcs_cpu_compare_int(order, cell.at, (int32_t)old,
					    (int32_t)value);
	else if (cell.width == RCS_WIDE)
		found = rcs_cpu_compare_wide(order, cell.at, old, value);
	rcs_between(v);
	return found;
}

/* Ints only: the generator lets no other cell come here, and followed ones are asked.
 */
RCS_INLINE intptr_t rcs_fetch(enum rcs_variant v, enum rcs_order order,
			      enum rcs_modify modify, struct rcs_cell cell,
			      intptr_t operand)
{
	intptr_t old = 0;

	if (cell.width == RCS_INT)
		old = rcs_cpu_fetch(rcs_order(v, order), modify, cell.at,
				    (int32_t)operand);
	rcs_between(v);
	return old;
}

RCS_INLINE void rcs_update(enum rcs_variant v, enum rcs_order order,
			   enum rcs_modify modify, struct rcs_cell cell,
			   intptr_t operand)
{
	if (cell.width == RCS_INT)
		rcs_cpu_update(rcs_order(v, order), modify, cell.at, (int32_t)operand);
	rcs_between(v);
}

/* The same, giving the new value: what was made of the old one, made again. */
RCS_INLINE intptr_t rcs_change(enum rcs_variant v, enum rcs_order order,
			       enum rcs_modify modify, struct rcs_cell cell,
			       intptr_t operand)
{
	intptr_t old = rcs_fetch(v, order, modify, cell, operand);

	switch (modify) {
	case RCS_MODIFY_ADD:
		return rcs_add(old, operand);
	case RCS_MODIFY_AND:
		return rcs_and(old, operand);
	case RCS_MODIFY_OR:
		return rcs_or(old, operand);
	case RCS_MODIFY_XOR:
		return rcs_xor(old, operand);
	case RCS_MODIFY_ANDNOT:
		return rcs_and(old, rcs_invert(operand));
	}
	return old;
}

/* Whether it added; orders only if it did, as the kernel's own. */
RCS_INLINE intptr_t rcs_add_unless(enum rcs_variant v, enum rcs_order order,
				   struct rcs_cell cell, intptr_t add, intptr_t unless)
{
	rcs_int_cell *at = cell.at;
	int32_t seen = 0, found;

	if (cell.width != RCS_INT)
		return 0;
	order = rcs_order(v, order);
	found = rcs_cpu_load_int(RCS_RELAXED, at);
	do {
		seen = found;
		if (seen == (int32_t)unless)
			break;
		found = rcs_cpu_compare_int(order, at, seen,
					    (int32_t)rcs_add(seen, add));
	} while (found != seen);
	rcs_between(v);
	return seen != (int32_t)unless;
}

#endif
