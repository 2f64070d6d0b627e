import { mount } from 'svelte'
import StaffApp from './StaffApp.svelte'
import '../page.css'
import './staff.css'

mount(StaffApp, { target: document.getElementById('app')! })
