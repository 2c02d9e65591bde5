namespace Crm.Hmi.Server;

/// <summary>What a browser keeps for the HMI: out of reach of scripts, never sent from another site, encrypted only where the page is.</summary>
internal static class KeptCookie
{
    public static void Keep(HttpContext context, string name, string value, TimeSpan age) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    });
}
