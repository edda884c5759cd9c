import { expect, test } from 'vitest';
import { renameCode, renameText } from './rename-text.ts';

const renaming = {
  from: 'file-search',
  to: 'ticket-desk',
  ports: { from: { mcp: 7104, ops: 9104 }, to: { mcp: 8090, ops: 9090 } },
};

test.for([
  ['"name": "@fairlead/example-file-search"', '"name": "@fairlead/ticket-desk"'],
  ['"directory": "examples/file-search"', '"directory": "services/ticket-desk"'],
  ["name: 'file-search',", "name: 'ticket-desk',"],
  ['interface FileSearchDeps', 'interface TicketDeskDeps'],
  ['createFileSearch()', 'createTicketDesk()'],
  ['const fileSearch = 1', 'const ticketDesk = 1'],
  ['FILE_SEARCH_ROOTS', 'TICKET_DESK_ROOTS'],
  ["title: 'File search'", "title: 'Ticket desk'"],
  ["permission: 'examples:read'", "permission: 'ticket-desk:read'"],
  ['ports: { mcp: 7104, ops: 9104 }', 'ports: { mcp: 8090, ops: 9090 }'],
] as const)('turns %s into %s', ([text, expected]) => {
  expect(renameCode(text, renaming)).toBe(expected);
});

// A name of one word is spelled alike as a name on the wire and as an identifier; the new name is not.
test.for([
  ["import { calculator } from './domain/calculator.ts';", "import { taxDesk } from './domain/tax-desk.ts';"],
  ["name: 'calculator', title: 'Calculator',", "name: 'tax-desk', title: 'Tax desk',"],
  [
    'const deps: CalculatorDeps = createCalculator(calculatorOptions);',
    'const deps: TaxDeskDeps = createTaxDesk(taxDeskOptions);',
  ],
  ["call('calculator__calculate')", "call('tax-desk__calculate')"],
  ["from '@fairlead/example-calculator'", "from '@fairlead/tax-desk'"],
] as const)('turns the code %s into %s', ([text, expected]) => {
  expect(renameCode(text, { from: 'calculator', to: 'tax-desk' })).toBe(expected);
});

test.for([
  ['# Calculator', '# Tax desk'],
  ['npx fairlead call calculator__calculate', 'npx fairlead call tax-desk__calculate'],
  ['servers: { calculator: { url: x } }', 'servers: { tax-desk: { url: x } }'],
  ['CALCULATOR_TOOLSETS', 'TAX_DESK_TOOLSETS'],
] as const)('turns the text %s into %s', ([text, expected]) => {
  expect(renameText(text, { from: 'calculator', to: 'tax-desk' })).toBe(expected);
});

test('leaves other words and other numbers alone', () => {
  const text = 'find_files in 17104 profile-searches; 71040';

  expect(renameText(text, renaming)).toBe(text);
});

test('a name in which the old one occurs is renamed once', () => {
  expect(renameText("name: 'calculator'", { from: 'calculator', to: 'tax-calculator' })).toBe("name: 'tax-calculator'");
});

test('a tool whose name begins like the server keeps its name', () => {
  expect(renameText('calculate Calculator', { from: 'calculator', to: 'tax' })).toBe('calculate Tax');
});
