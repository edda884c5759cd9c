const names: Readonly<Record<string, string>> = {
  AlterSystemStmt: 'ALTER SYSTEM',
  CopyStmt: 'COPY',
  CreateStmt: 'CREATE TABLE',
  DeclareCursorStmt: 'DECLARE CURSOR',
  DropRoleStmt: 'DROP ROLE',
  GrantRoleStmt: 'GRANT of a role',
  IndexStmt: 'CREATE INDEX',
  LockingClause: 'FOR UPDATE, FOR SHARE and other row locking',
  RuleStmt: 'CREATE RULE',
  SetToDefault: 'DEFAULT',
  TransactionStmt: 'transaction control (BEGIN, COMMIT, ROLLBACK, ...)',
  VacuumStmt: 'VACUUM or ANALYZE',
  VariableSetStmt: 'SET or RESET',
  VariableShowStmt: 'SHOW inside another statement',
  ViewStmt: 'CREATE VIEW',
};

/** What a person calls a construct, by the tag of its node: `CreateTableAsStmt` is `CREATE TABLE AS`. */
export function constructName(tag: string): string {
  return (
    names[tag] ??
    tag
      .replace(/Stmt$/, '')
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toUpperCase()
  );
}
