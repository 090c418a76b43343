/**
 * Preloaded into the programs of the demo (`node --import`): when the process that started them is gone, even by
 * kill -9, they stop as on SIGTERM instead of holding their ports for ever.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
