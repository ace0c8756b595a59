/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A litmus test as data: what a `.litmus` file says, and all that anyone may know of
 * it. The native code is printed from this, the prover will ask this, and the listing
 * prints this; no byte of the file goes on from here but names, which are checked.
 *
 * Nodes stand in arrays of fixed size and name each other by index, so that a test is
 * one piece of memory, its size is bounded, and nothing recurses deeper than
 * RCS_LITMUS_DEPTH. The order of nodes is that of the file: a node's operands have
 * smaller indices than the node itself.
 */
#ifndef RCS_LITMUS_AST_H
#define RCS_LITMUS_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "litmus/primitive.h"

#define RCS_LITMUS_SIZE_MAX   65536 /* bytes of a file */
#define RCS_LITMUS_NAME_SIZE  64    /* with the final zero; of identifiers */
#define RCS_LITMUS_TEST_SIZE  128   /* … and of tests, which others give long names */
#define RCS_LITMUS_ABOUT_SIZE 512
#define RCS_LITMUS_WHY_SIZE   160
#define RCS_LITMUS_THREADS    16
#define RCS_LITMUS_LOCATIONS  32
#define RCS_LITMUS_REGISTERS  32   /* of one thread */
#define RCS_LITMUS_NODES      2048 /* of each kind: expressions, statements, conditions */
#define RCS_LITMUS_DEPTH      32   /* of nesting, in all grammars */

#define RCS_NONE (-1) /* an index that names nothing */

/* The memory models that expected results are stated for, in the order of printing. */
enum rcs_model {
	RCS_MODEL_LKMM,
	RCS_MODEL_SC,
	RCS_MODEL_TSO,
	RCS_MODEL_ARMV8,
	RCS_MODEL_RISCV,
	RCS_MODEL_POWER,
	RCS_MODELS
};

enum rcs_answer {
	RCS_ANSWER_UNKNOWN, /* the file does not say */
	RCS_NEVER,
	RCS_SOMETIMES,
	RCS_ALWAYS,
};

/* As files spell them: "lkmm", "tso", …; "Never", "Sometimes", "Always". */
extern const char *const rcs_model_names[RCS_MODELS];
extern const char *const rcs_answer_names[RCS_ALWAYS + 1];

struct rcs_position {
	uint16_t line, column; /* from 1; columns count bytes */
};

/*
 * What a location holds, or a register, as it was first declared. A number may be where
 * a pointer is due, and the reverse: such a test `mixes`.
 */
enum rcs_type {
	RCS_TYPE_INT,	  /* int, and atomic_t; a lock that no lock primitive takes */
	RCS_TYPE_POINTER, /* to a location */
	RCS_TYPE_LOCK,	  /* spinlock_t; locations only, for lock primitives only */
	RCS_TYPE_SRCU,	  /* struct srcu_struct; locations only, for SRCU only */
};

/* A value of a memory cell or a register: a number, or the address of a location. */
struct rcs_litmus_value {
	bool is_address;
	int64_t number; /* within 32 bits, signed; or the index of the location */
};

struct rcs_litmus_location {
	char name[RCS_LITMUS_NAME_SIZE];
	enum rcs_type type;
	bool atomic; /* declared or used as atomic_t: for printing */
	struct rcs_litmus_value initial; /* 0 where the file does not say */
};

struct rcs_litmus_register {
	char name[RCS_LITMUS_NAME_SIZE];
	/* As declared; else POINTER when it is first given an address, or INT. */
	enum rcs_type type;
	bool declared;
	bool initialised; /* in the init block, as 1:r0=5 */
	struct rcs_litmus_value initial;
};

enum rcs_expression_kind {
	RCS_EXPRESSION_NUMBER,	 /* number */
	RCS_EXPRESSION_REGISTER, /* index: of the thread's register */
	RCS_EXPRESSION_LOCATION, /* index: the address of that location */
	RCS_EXPRESSION_UNARY,	 /* op, operand[0] */
	RCS_EXPRESSION_BINARY,	 /* op, operand[0], operand[1] */
	/* primitive, operand[] as its row says; an address is a location, a register,
	 * or a UNARY or BINARY: y + (r1 ^ r1) */
	RCS_EXPRESSION_CALL,
};

/* C's, with C's meaning on 32-bit ints that wrap around. && and || are not lazy:
 * an operand with an access is refused there. */
enum rcs_operator {
	RCS_OPERATOR_NEGATE, /* unary - ~ ! */
	RCS_OPERATOR_INVERT,
	RCS_OPERATOR_NOT,
	RCS_OPERATOR_ADD, /* binary */
	RCS_OPERATOR_SUBTRACT,
	RCS_OPERATOR_MULTIPLY,
	RCS_OPERATOR_AND,
	RCS_OPERATOR_OR,
	RCS_OPERATOR_XOR,
	RCS_OPERATOR_LEFT,
	RCS_OPERATOR_RIGHT,
	RCS_OPERATOR_EQUAL,
	RCS_OPERATOR_UNEQUAL,
	RCS_OPERATOR_LESS,
	RCS_OPERATOR_LESS_EQUAL,
	RCS_OPERATOR_GREATER,
	RCS_OPERATOR_GREATER_EQUAL,
	RCS_OPERATOR_BOTH,   /* && */
	RCS_OPERATOR_EITHER, /* || */
	RCS_OPERATORS
};

/* As C spells them. */
extern const char *const rcs_operator_text[RCS_OPERATORS];

struct rcs_expression {
	enum rcs_expression_kind kind;
	struct rcs_position at;
	enum rcs_operator op;
	int32_t primitive; /* row of rcs_primitives[] */
	int32_t index;
	int64_t number;				 /* within 32 bits, signed */
	int32_t operand[RCS_PRIMITIVE_OPERANDS]; /* RCS_NONE where there is none */
};

enum rcs_statement_kind {
	RCS_STATEMENT_ASSIGN, /* target = expression */
	RCS_STATEMENT_CALL,   /* expression: a call whose result, if any, is dropped */
	RCS_STATEMENT_IF,     /* expression, then, otherwise */
};

struct rcs_statement {
	enum rcs_statement_kind kind;
	struct rcs_position at;
	int32_t target; /* register */
	int32_t expression;
	int32_t then, otherwise; /* first statement of each branch, or RCS_NONE */
	int32_t next;		 /* of the same block, or RCS_NONE */
};

struct rcs_litmus_thread {
	int32_t first; /* statement, or RCS_NONE */
	int32_t registers;
	struct rcs_litmus_register reg[RCS_LITMUS_REGISTERS];
	/* Bit l: location l is a parameter. A thread can only name those. */
	uint32_t parameters;
};

/* What is looked at in the end, in a condition or by `locations [x; 1:r0;]`. */
struct rcs_litmus_shown {
	int32_t thread; /* RCS_NONE: a location */
	int32_t index;	/* register of that thread, or location */
};

enum rcs_condition_kind {
	RCS_CONDITION_TRUE,
	RCS_CONDITION_NOT, /* operand[0] */
	RCS_CONDITION_AND, /* both operands */
	RCS_CONDITION_OR,
	RCS_CONDITION_EQUAL, /* thread:index = value, or location index = value */
	RCS_CONDITION_UNEQUAL,
	RCS_CONDITION_SAME, /* thread:index, or location index, = that of `other` */
	RCS_CONDITION_DIFFERENT,
};

struct rcs_condition {
	enum rcs_condition_kind kind;
	struct rcs_position at;
	int32_t operand[2];
	int32_t thread; /* RCS_NONE: a location */
	int32_t index;	/* register of that thread, or location */
	struct rcs_litmus_value value;
	struct rcs_litmus_shown other;
};

enum rcs_quantifier {
	RCS_EXISTS,
	RCS_NOT_EXISTS,
	RCS_FORALL,
};

struct rcs_litmus {
	char name[RCS_LITMUS_TEST_SIZE];
	/* The first paragraph of the first comment, printable and on one line. */
	char about[RCS_LITMUS_ABOUT_SIZE];
	/* From the lines `Result:`, `Stripped:`, `Local:` of a comment: see parse.h. */
	enum rcs_answer result[RCS_MODELS];
	enum rcs_answer stripped[RCS_MODELS]; /* fences and sides do nothing */
	enum rcs_answer local[RCS_MODELS];    /* smp_memb() orders its caller only */

	/*
	 * Somewhere a number stands for an address, or the reverse, or an address is
	 * computed. Where values have no types that is nothing special; machine code
	 * has them, and none is made of such a test. The first place, and what is
	 * there.
	 */
	bool mixes;
	struct rcs_position mixes_at;
	char mixes_why[RCS_LITMUS_WHY_SIZE];

	int32_t locations;
	struct rcs_litmus_location location[RCS_LITMUS_LOCATIONS];
	int32_t threads;
	struct rcs_litmus_thread thread[RCS_LITMUS_THREADS];

	int32_t expressions, statements, conditions;
	struct rcs_expression expression[RCS_LITMUS_NODES];
	struct rcs_statement statement[RCS_LITMUS_NODES];
	struct rcs_condition condition[RCS_LITMUS_NODES];

	int32_t filter; /* condition, or RCS_NONE */
	enum rcs_quantifier quantifier;
	int32_t target; /* the condition after the quantifier */
	int32_t shown_count;
	/* What is shown beside what the condition names. */
	struct rcs_litmus_shown shown[RCS_LITMUS_LOCATIONS];
};

#endif
