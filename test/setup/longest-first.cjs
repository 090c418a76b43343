/** A fresh checkout knows no durations: whoever takes minutes begins first, and the short ones fill the end. */
const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = [
  'flow/chaos',
  'browser/report',
  'store/embedded',
  'browser/trouble',
  'flow/faults',
  'dashboard/dashboard',
  'flow/policy',
  'browser/host',
  'flow/gmail',
  'analysis/commands',
  'browser/gmail',
  'flow/report',
  'outlook-addin/pane',
  'dashboard/',
  'browser/',
  'flow/',
  'cli',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((start) => relative('test', path).startsWith(start));
      return at < 0 ? LONGEST.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
