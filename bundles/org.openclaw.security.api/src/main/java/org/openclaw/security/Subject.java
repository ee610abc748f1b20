package org.openclaw.security;

import org.openclaw.message.Tenant;

/**
 * Somebody who has been authenticated.
 *
 * @param name for logs and lists; never a secret
 * @param tenant whose agents they see
 * @param role what they may do
 */
public record Subject(String name, Tenant tenant, Role role) {}
