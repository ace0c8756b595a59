/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comments say to the program: the first one, before the init block, what the
 * test is about; any of them, in lines of their own, the expected results:
 *
 *   Result: Never                     of the kernel's model
 *   Result: Never DATARACE            the same; words behind a bare answer are notes
 *   Result: Maybe                     nothing is expected
 *   Result: lkmm=Never tso=Sometimes
 *   Stripped: tso=Sometimes           when fences do nothing in hardware
 *   Local: tso=Sometimes              when smp_memb() is a fence of its caller only
 */
#include "litmus/parse/lexer.h"

#include <string.h>

/* A piece of one line, and where it stands. */
struct span {
	const char *text;
	size_t length;
	struct rcs_position at;
};

static void cut_front(struct span *s, size_t bytes)
{
	s->text += bytes;
	s->length -= bytes;
	s->at.column = (uint16_t)(s->at.column + bytes);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void trim(struct span *s)
{
	while (s->length > 0 && is_blank(s->text[0]))
		cut_front(s, 1);
	while (s->length > 0 && is_blank(s->text[s->length - 1]))
		s->length--;
}

/* Cuts off and returns what comes before the next blank. */
static struct span take_word(struct span *s)
{
	struct span word;

	trim(s);
	word = *s;
	word.length = 0;
	while (word.length < s->length && !is_blank(s->text[word.length]))
		word.length++;
	cut_front(s, word.length);
	return word;
}

static bool begins(const struct span *s, const char *text)
{
	return s->length >= strlen(text) && memcmp(s->text, text, strlen(text)) == 0;
}

static int find(const struct span *s, const char *const *names, int first, int end)
{
	for (int i = first; i < end; i++)
		if (strlen(names[i]) == s->length && begins(s, names[i]))
			return i;
	return RCS_NONE;
}

static void take_answer(struct rcs_lexer *x, struct span word, enum rcs_answer *answers)
{
	const char *equals = memchr(word.text, '=', word.length);
	int model = RCS_MODEL_LKMM, answer;
	struct span name = word, whole = word;

	if (equals != NULL) {
		name.length = (size_t)(equals - word.text);
		model = find(&name, rcs_model_names, 0, RCS_MODELS);
		if (model == RCS_NONE) {
			(void)rcs_lexer_fail(
				x, word.at,
				"unknown model %s; there are lkmm, sc, tso, "
				"armv8, riscv and power",
				rcs_quote(name.text, name.length).text);
			return;
		}
		cut_front(&word, name.length + 1);
	}
	answer = find(&word, rcs_answer_names, RCS_NEVER, RCS_ALWAYS + 1);
	if (answer == RCS_NONE)
		(void)rcs_lexer_fail(
			x, word.at,
			"unknown result %s; want Never, Sometimes or Always",
			rcs_quote(word.text, word.length).text);
	else if (answers[model] != RCS_ANSWER_UNKNOWN &&
		 answers[model] != (enum rcs_answer)answer)
		(void)rcs_lexer_fail(x, whole.at, "the result for %s was %s before",
				     rcs_model_names[model],
				     rcs_answer_names[answers[model]]);
	else
		answers[model] = (enum rcs_answer)answer;
}

/* What other collections say where nothing can be expected of the condition. */
static const char *const no_answers[] = {"Maybe", "DEADLOCK", "Flag", "???"};

/* Whether the word can be a note: it states a result for no model. */
static bool is_note(const struct span *word)
{
	const char *equals = memchr(word->text, '=', word->length);
	struct span name = *word;

	if (find(word, rcs_answer_names, RCS_NEVER, RCS_ALWAYS + 1) != RCS_NONE)
		return false;
	if (equals != NULL)
		name.length = (size_t)(equals - word->text);
	return equals == NULL ||
	       find(&name, rcs_model_names, 0, RCS_MODELS) == RCS_NONE;
}

/* Behind `Result:`, in the words of others: one answer, or none, and notes. */
static void take_bare(struct rcs_lexer *x, struct span line)
{
	struct span word = take_word(&line);
	bool notes = find(&word, no_answers, 0,
			  sizeof(no_answers) / sizeof(no_answers[0])) != RCS_NONE;

	if (!notes)
		take_answer(x, word, x->test->result);
	for (;;) {
		word = take_word(&line);
		if (word.length == 0 || x->failed)
			return;
		/* The first word decides whether those with a '=' are notes. */
		if (is_note(&word) &&
		    (notes || memchr(word.text, '=', word.length) == NULL))
			notes = true;
		else
			take_answer(x, word, x->test->result);
	}
}

/* Whether the line states results. */
static bool take_results(struct rcs_lexer *x, struct span line)
{
	const struct {
		const char *name;
		enum rcs_answer *answers;
	} kinds[] = {
		{"Result:", x->test->result},
		{"Stripped:", x->test->stripped},
		{"Local:", x->test->local},
	};
	enum rcs_answer *answers = NULL;
	struct span first;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!begins(&line, kinds[i].name))
			continue;
		answers = kinds[i].answers;
		cut_front(&line, strlen(kinds[i].name));
	}
	if (answers == NULL)
		return false;
	trim(&line);
	first = line;
	first = take_word(&first);
	if (answers == x->test->result && memchr(first.text, '=', first.length) == NULL)
		take_bare(x, line);
	else
		do
			take_answer(x, take_word(&line), answers);
		while (line.length > 0 && !x->failed);
	return true;
}

/*
 * One byte of it, so that it can stand in a comment again: printable, and without
 * what begins or ends one.
 */
static void add_byte(char *about, char c)
{
	size_t length = strlen(about);

	if (c < ' ' || c > '~')
		c = '?';
	if (length > 0 && about[length - 1] == '(' && c == '*')
		return;
	while (length > 0 && about[length - 1] == '*' && c == ')')
		about[--length] = '\0';
	if (length + 1 < RCS_LITMUS_ABOUT_SIZE) {
		about[length] = c;
		about[length + 1] = '\0';
	}
}

static void add_about(struct rcs_lexer *x, struct span line)
{
	while (line.length > 0) {
		struct span word = take_word(&line);

		if (x->test->about[0] != '\0')
			add_byte(x->test->about, ' ');
		for (size_t i = 0; i < word.length; i++)
			/* One '?' for a character, whatever it has of bytes. */
			if (((unsigned char)word.text[i] & 0xc0) != 0x80)
				add_byte(x->test->about, word.text[i]);
		trim(&line);
	}
}

void rcs_lexer_comment(struct rcs_lexer *x, const char *text, size_t length,
		       struct rcs_position at)
{
	bool about = !x->commented && x->braces == 0 && !x->initialised;

	while (length > 0 && !x->failed) {
		const char *end = memchr(text, '\n', length);
		struct span line = {text, end != NULL ? (size_t)(end - text) : length,
				    at};
		size_t used = line.length + (end != NULL);

		trim(&line);
		if (line.length > 0 && line.text[0] == '*') {
			cut_front(&line, 1);
			trim(&line);
		}
		if (!take_results(x, line) && about) {
			if (line.length > 0)
				add_about(x, line);
			else if (x->test->about[0] != '\0')
				about = false;
		}
		text += used;
		length -= used;
		at = (struct rcs_position){(uint16_t)(at.line + 1), 1};
	}
	/* Cut off behind a blank, or ended by bytes that were dropped. */
	length = strlen(x->test->about);
	while (length > 0 && x->test->about[length - 1] == ' ')
		x->test->about[--length] = '\0';
}
