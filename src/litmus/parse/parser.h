/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parser's own state: what parse.c and the parse_*.c share. After an error there
 * are no more tokens and no new nodes, so that everything unwinds by itself; an index
 * may then be RCS_NONE. Private to this folder.
 */
#ifndef RCS_LITMUS_PARSER_H
#define RCS_LITMUS_PARSER_H

#include "litmus/ast.h"
#include "litmus/parse/lexer.h"

/* What an expression gives. */
enum rcs_value_type {
	RCS_VALUE_INT,
	RCS_VALUE_POINTER, /* the address of an int */
	RCS_VALUE_OTHER,   /* of anything else */
	RCS_VALUE_NOTHING,
};

/* What primitives take a location for. */
enum rcs_cell_use {
	RCS_USED_AS_CELL, /* for a number or an address */
	RCS_USED_AS_LOCK,
	RCS_USED_AS_SRCU,
	RCS_CELL_USES
};

struct rcs_parser {
	struct rcs_lexer lexer;
	struct rcs_token token, next;
	struct rcs_litmus *test;
	int32_t thread; /* whose body is being read */
	int nesting;	/* of the expression or condition that is being read */
	int depth;	/* of the blocks around it */

	/* By expression. */
	uint8_t value[RCS_LITMUS_NODES];  /* enum rcs_value_type */
	uint8_t height[RCS_LITMUS_NODES]; /* of the tree below it, from 1 */
	bool access[RCS_LITMUS_NODES];	  /* a primitive is called in it */
	/* By condition. */
	uint8_t condition_height[RCS_LITMUS_NODES];

	struct {
		bool typed; /* the file says so, not only by its initial value */
		bool initialised;
		bool is[RCS_CELL_USES];	     /* declared to be one, somewhere */
		struct rcs_position at;	     /* where it is first named */
		struct rcs_position initial; /* of its initial value */
	} location[RCS_LITMUS_LOCATIONS];
	struct {
		bool known; /* its type cannot change any more */
		bool assigned;
		int depth; /* of the block that declares it first */
		struct rcs_position at;
		struct rcs_position initial;
	} reg[RCS_LITMUS_THREADS][RCS_LITMUS_REGISTERS];
	/* Of each thread: the expressions and statements behind its own. */
	int32_t expressions_end[RCS_LITMUS_THREADS];
	int32_t statements_end[RCS_LITMUS_THREADS];
	/* Where the init block declares a register and says no more of it. */
	struct rcs_position bare[RCS_LITMUS_THREADS];
};

/* A type as it is written: its base and its stars. */
struct rcs_written_type {
	enum rcs_type type; /* INT, void as well; LOCK, SRCU */
	bool atomic;
	int stars;
	struct rcs_position at;
};

/* parse.c */

void rcs_parse_advance(struct rcs_parser *p);
bool rcs_parse_sees(const struct rcs_parser *p, const char *text);
/* Takes it if it is there. */
bool rcs_parse_accept(struct rcs_parser *p, const char *text);
/* Takes it, or says that it is missing, or what stands there that nobody takes. */
void rcs_parse_want(struct rcs_parser *p, const char *text);
/* The error for the token at hand. */
void rcs_parse_unexpected(struct rcs_parser *p, const char *wanted);
/* A number with its sign, and whether there was one. */
bool rcs_parse_number(struct rcs_parser *p, int64_t *number);
/* One level down, unless that is too deep; up again with p->nesting--. */
bool rcs_parse_enter(struct rcs_parser *p);

/* parse_name.c */

/* Whether a word means something to the grammar, and so can be no name. */
bool rcs_parse_is_reserved(const struct rcs_token *token);
/* Whether it can be the name of a location or register. */
bool rcs_parse_is_name(const struct rcs_token *token);
/* Takes a name, or says that `what` is missing; false then. */
bool rcs_parse_name(struct rcs_parser *p, const char *what, struct rcs_token *name);
/* RCS_NONE when there is none of that name. */
int32_t rcs_parse_find_location(const struct rcs_parser *p,
				const struct rcs_token *name);
int32_t rcs_parse_find_register(const struct rcs_parser *p, int32_t thread,
				const struct rcs_token *name);
/* Makes it when there is none. RCS_NONE after an error. */
int32_t rcs_parse_location(struct rcs_parser *p, const struct rcs_token *name);
int32_t rcs_parse_register(struct rcs_parser *p, int32_t thread,
			   const struct rcs_token *name);

/* parse_type.c */

/* Takes a type; false when there is none, or an error. */
bool rcs_parse_type(struct rcs_parser *p, struct rcs_written_type *type);
/* Says that a declaration gives the location that type: the first one counts. */
void rcs_parse_location_type(struct rcs_parser *p, int32_t location,
			     const struct rcs_written_type *type, enum rcs_type held);

/* parse_cells.c: what locations are, when all that the threads do is known. */
void rcs_parse_cells(struct rcs_parser *p);

/* parse_mixes.c: whether the test mixes numbers and addresses, and where first. */
void rcs_parse_mixes(struct rcs_parser *p);

/* The sections, in the order of the file. */

void rcs_parse_header(struct rcs_parser *p);	 /* parse_header.c */
void rcs_parse_init(struct rcs_parser *p);	 /* parse_init.c */
void rcs_parse_threads(struct rcs_parser *p);	 /* parse_thread.c */
void rcs_parse_conclusion(struct rcs_parser *p); /* parse_condition.c */

/* parse_statement.c: { … } or, for branches, one statement. */
int32_t rcs_parse_block(struct rcs_parser *p);

/* parse_expression.c */

int32_t rcs_parse_expression(struct rcs_parser *p);
/* One that a unary operator could stand before. */
int32_t rcs_parse_operand(struct rcs_parser *p);
/* How tight it binds; unary ones tighter than all others. For the printer as well. */
int rcs_operator_level(enum rcs_operator op);

/* parse_call.c: behind the name, from its parenthesis on. */
int32_t rcs_parse_call(struct rcs_parser *p, const struct rcs_token *name);
/* *x and *x = v, from the address on; v is RCS_NONE for a read. */
int32_t rcs_parse_plain(struct rcs_parser *p, struct rcs_position at, int32_t address,
			int32_t value);
/* Whether it has a value; an error else. */
bool rcs_parse_gives(struct rcs_parser *p, int32_t expression);

/* parse_node.c: adds a node; RCS_NONE after an error. */
int32_t rcs_parse_add_expression(struct rcs_parser *p,
				 const struct rcs_expression *expression,
				 enum rcs_value_type value);
int32_t rcs_parse_add_statement(struct rcs_parser *p, enum rcs_statement_kind kind,
				struct rcs_position at);
int32_t rcs_parse_add_condition(struct rcs_parser *p,
				const struct rcs_condition *condition);

#endif
