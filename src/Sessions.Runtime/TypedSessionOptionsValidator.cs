using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Refuses, at start, options that could not work or that browsers would reject.</summary>
internal sealed class TypedSessionOptionsValidator(IEnumerable<SessionStoreRegistration> stores) : IValidateOptions<TypedSessionOptions>
{
    private static readonly TimeSpan MaxTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public ValidateOptionsResult Validate(string? name, TypedSessionOptions options)
    {
        var failures = new List<string>();
        Require(options.CookieAge > TimeSpan.Zero, "CookieAge must be positive.");
        Require(options.AbsoluteTimeout is null || options.AbsoluteTimeout > TimeSpan.Zero, "AbsoluteTimeout must be positive, or null for no ceiling.");
        Require(options.RenewalThreshold is >= 0 and < 1, "RenewalThreshold must be at least 0 and less than 1.");
        Require(options.MaxPayloadBytes > 0, "MaxPayloadBytes must be positive.");
        Require(options.MaxValueBytes > 0, "MaxValueBytes must be positive.");
        Require(options.MaxKeys > 0, "MaxKeys must be positive.");
        Require(options.IoTimeout > TimeSpan.Zero && options.IoTimeout <= MaxTimer, $"IoTimeout must be positive and at most {MaxTimer}.");
        Require(Enum.IsDefined(options.NestedMutations), $"NestedMutations has no value {(int)options.NestedMutations}.");
        Require(options.Serializer is not null, "Serializer must be set.");
        Require(
            options.Serializer is null || options.FormerSerializers.Select(former => former.Format).Append(options.Serializer.Format).Distinct().Count()
                == options.FormerSerializers.Count + 1,
            "FormerSerializers and Serializer must have different formats, by which their values are told apart.");
        if (options.Store is { } store && SessionStoreRegistration.Find(stores, store) is null)
        {
            failures.Add($"Store names '{store}', which is not registered. Known here: {SessionStoreRegistration.KnownNames(stores)}. "
                + "A store of another package is registered by its StoreIn… method.");
        }

        if (options.Cookie is { } cookie)
            ValidateCookie(cookie);
        else
            failures.Add("Cookie must be set.");
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => $"{nameof(TypedSessionOptions)}: {failure}"));

        void ValidateCookie(CookieBuilder cookie)
        {
            var cookieName = cookie.Name ?? "";
            var secure = cookie.SecurePolicy == CookieSecurePolicy.Always;
            Require(IsToken(cookieName), $"Cookie.Name '{cookieName}' must be a token: letters, digits and !#$%&'*+-.^_`|~ only.");
            Require(Enum.IsDefined(cookie.SameSite), $"Cookie.SameSite has no value {(int)cookie.SameSite}.");
            Require(Enum.IsDefined(cookie.SecurePolicy), $"Cookie.SecurePolicy has no value {(int)cookie.SecurePolicy}.");
            Require(IsAttribute(cookie.Domain), $"Cookie.Domain '{cookie.Domain}' must be ASCII without ';' and control characters.");
            Require(
                cookie.Path is null || (cookie.Path.StartsWith('/') && IsAttribute(cookie.Path)),
                $"Cookie.Path '{cookie.Path}' must begin with '/' and be ASCII without ';' and control characters.");
            Require(
                cookie.MaxAge is null && cookie.Expiration is null,
                "Cookie.MaxAge and Cookie.Expiration must not be set: CookieAge says how long sessions and their cookies last.");
            if (cookieName.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            {
                Require(secure, "Cookie.Name begins with __Host-, so Cookie.SecurePolicy must be Always.");
                Require(string.IsNullOrEmpty(cookie.Domain), "Cookie.Name begins with __Host-, so Cookie.Domain must not be set.");
                Require(cookie.Path == "/", "Cookie.Name begins with __Host-, so Cookie.Path must be '/'.");
            }

            if (cookieName.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase))
                Require(secure, "Cookie.Name begins with __Secure-, so Cookie.SecurePolicy must be Always.");
            if (cookie.SameSite == SameSiteMode.None)
                Require(secure, "Cookie.SameSite is None, so Cookie.SecurePolicy must be Always.");
            if (cookie.Extensions.Any(extension => extension.Trim().Equals("Partitioned", StringComparison.OrdinalIgnoreCase)))
                Require(secure, "Cookie.Extensions has Partitioned, so Cookie.SecurePolicy must be Always.");
        }

        void Require(bool holds, string failure)
        {
            if (!holds)
                failures.Add(failure);
        }
    }

    private static bool IsAttribute(string? value) => value is null || value.All(c => c is >= ' ' and < '\x7f' and not ';');

    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
