export { schedule } from 'node-cron';
