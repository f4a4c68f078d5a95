import { builtinRules } from 'eslint/use-at-your-own-risk';

/** The two rules of eslint that oxlint lacks; it runs them in its own pass over the files. */
const plugin = {
  meta: { name: 'house' },
  rules: {
    'max-len': builtinRules.get('max-len'),
    'no-restricted-syntax': builtinRules.get('no-restricted-syntax'),
  },
};

export default plugin;
