/**
 * What came of a change, next to where it was made.
 * SPDX-License-Identifier: Apache-2.0
 */
import type { Note } from "../state/board_desk";

interface NoteProps {
  readonly id: string;
  readonly note: Note | undefined;
}

/** One line; empty when there is nothing to say, so that screen readers hear it change. */
export function NoteLine({ id, note }: NoteProps) {
  const urgent = note !== undefined && note.kind !== "saved";
  return (
    <p
      class="note"
      id={id}
      role={urgent ? "alert" : "status"}
      data-testid={id}
      data-value={note?.kind ?? ""}
    >
      {note !== undefined && (
        <>
          <b aria-hidden="true">{urgent ? "! " : "✓ "}</b>
          {note.text}
        </>
      )}
    </p>
  );
}
