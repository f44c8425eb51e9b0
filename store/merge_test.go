package store_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"yuandu/store"
)

// A column that names a department, and that a merge does not know, would keep
// naming one that is gone, or would let no department be merged at all.
func TestEveryColumnThatNamesADepartmentIsKnownToItsMerge(t *testing.T) {
	eachWithShell(t, func(t *testing.T, _ *store.Store, shell *sql.DB) {
		compare(t, slices.Concat(columns(t, shell, "%department_id"), columns(t, shell, "parent_id")),
			"agenda_item_departments.department_id agenda_item_reporters.department_id consultation_departments.department_id departments.parent_id event_departments.department_id feedback.department_id feedback_answers.department_id feedback_events.department_id gazette_imports.department_id imports.department_id "+
				"interpretation_departments.department_id knowledge.department_id letter_assists.department_id letter_assists.lead_department_id letter_disputes.department_id "+
				"letter_events.department_id letter_instructions.department_id letter_instructions.lead_department_id letter_replies.department_id letter_supervisions.department_id "+
				"letters.lead_department_id letters.wanted_department_id matters.department_id meeting_departments.department_id morning_lists.department_id office_robots.department_id "+
				"policy_departments.department_id public_letter_departments.department_id publications.department_id reply_templates.department_id "+
				"staff.department_id staff_grants.department_id")
	})
}

func TestEveryColumnThatNamesAPolicyIsKnownToItsMerge(t *testing.T) {
	eachWithShell(t, func(t *testing.T, _ *store.Store, shell *sql.DB) {
		compare(t, slices.Concat(columns(t, shell, "policy_id"), columns(t, shell, "target_id"), columns(t, shell, "wanted_id"), columns(t, shell, "from_id"),
			columns(t, shell, "about_id"), columns(t, shell, "document_id")), "feedback.about_id gazette_imports.document_id gazette_pieces.policy_id interpretation_policies.policy_id interpretation_policies.wanted_id knowledge_policies.policy_id matter_links.document_id policy_departments.policy_id policy_relations.from_id "+
			"policy_relations.target_id policy_relations.wanted_id policy_topics.policy_id public_letter_basis.policy_id")
	})
}

func compare(t *testing.T, found []string, known string) {
	t.Helper()
	slices.Sort(found)
	if got := strings.Join(found, " "); got != known {
		t.Errorf("there are %s; a merge knows %s", got, known)
	}
}
