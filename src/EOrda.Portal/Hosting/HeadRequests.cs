namespace EOrda.Portal.Hosting;

/// <summary>Has HEAD answered as GET is, everywhere (RFC 9110, 9.3.2). The server itself still knows which it was, and leaves the body away.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }
}
