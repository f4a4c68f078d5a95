import tseslint from 'typescript-eslint';

const noEnum = { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' };
const namedExportsOnly = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

const bareProgram = 'A program of that name in the current folder would run: give its full path (systemProgram).';
const windowsPrograms = 'cmd|eventcreate|icacls|powershell|reg|sc|schtasks|takeown|taskkill|whoami';

/** What the product's code may not say; its tests may. */
export const productSyntax = [
  {
    selector: "ThrowStatement > NewExpression[callee.name='Error']",
    message: 'Throw a SyncError with a code from the table.',
  },
  {
    selector: `:not(ArrayExpression, CallExpression[callee.name='systemProgram']) > Literal[value=/\\w\\.exe$/i]`,
    message: bareProgram,
  },
  { selector: 'TemplateElement[value.cooked=/\\w\\.exe$/i]', message: bareProgram },
  {
    selector: `Property[key.name=/^(command|program)$/] > Literal[value=/^(${windowsPrograms})$/i]`,
    message: bareProgram,
  },
  { selector: "CallExpression[callee.name='spawn'] > Literal:first-child", message: bareProgram },
  {
    selector:
      "ImportDeclaration[source.value='node:child_process'] > " +
      'ImportSpecifier[imported.name=/^(exec|execSync|execFile|execFileSync|fork|spawnSync)$/]',
    message: 'Programs of the system are run by runProgram.',
  },
  {
    selector: 'ImportExpression[source.value=/^[^.]/]',
    message: 'Load a module of our own late: the bundler gives a package in CommonJS a default export only.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'server/contract/generated/'] },
  {
    files: ['server/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 350, skipBlankLines: false, skipComments: false }],
      // What the formatter does not break; an import is one line whatever its path.
      'max-len': [
        'error',
        { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true, ignorePattern: '^import ', ignoreStrings: false },
      ],
      'max-params': ['error', 3],
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      // A third of all time, for nothing: there is no enum (and none may come), and the compiler itself tells classes
      // with private fields apart.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      'no-restricted-syntax': ['error', namedExportsOnly, noEnum, ...productSyntax],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-params': 'off',
      // A test's own helpers may throw what they like; the product may not.
      'no-restricted-syntax': ['error', namedExportsOnly, noEnum],
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
